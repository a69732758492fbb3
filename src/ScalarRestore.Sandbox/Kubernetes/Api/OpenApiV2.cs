using System.Text;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>
/// The OpenAPI 2 document in protobuf form, without a single type: it only says that every resource can be patched with
/// <c>dryRun</c>, which older kubectl looks up there. Helm finds no type in it and leaves checking to the server.
/// </summary>
internal static class OpenApiV2
{
    public static byte[] Render(IEnumerable<ResourceType> types, string version)
    {
        var paths = types.SelectMany(type => Message(2, Path(type)));
        return [.. Text(1, "2.0"), .. Message(2, [.. Text(1, "Kubernetes"), .. Text(2, version)]), .. Message(8, [.. paths])];
    }

    private static byte[] Path(ResourceType type)
    {
        var prefix = type.Group.Length == 0 ? $"/api/{type.Version}" : $"/apis/{type.ApiVersion}";
        var name = $"{prefix}/{(type.Namespaced ? "namespaces/{namespace}/" : "")}{type.Plural}/{{name}}";
        byte[] query = [.. Text(2, "query"), .. Text(4, "dryRun"), .. Text(6, "string")];
        var parameter = Message(8, Message(1, Message(2, Message(3, query))));
        var kind = Text(2, $"group: \"{type.Group}\"\nkind: {type.Kind}\nversion: {type.Version}\n");
        byte[] patch = [.. parameter, .. Message(13, [.. Text(1, "x-kubernetes-group-version-kind"), .. Message(2, kind)])];
        return [.. Text(1, name), .. Message(2, Message(8, patch))];
    }

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content)
    {
        List<byte> bytes = [(byte)((field << 3) | 2)];
        var length = content.Length;
        for (; length > 0x7f; length >>= 7)
        {
            bytes.Add((byte)((length & 0x7f) | 0x80));
        }

        bytes.Add((byte)length);
        bytes.AddRange(content);
        return [.. bytes];
    }
}
