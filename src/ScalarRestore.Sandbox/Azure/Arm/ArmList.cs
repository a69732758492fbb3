using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>Answers lists, page by page where the settings say so.</summary>
internal static class ArmList
{
    public static ArmAnswer Page(ArmCall call, IEnumerable<JsonNode> items)
    {
        var all = items.ToArray();
        var size = call.Azure.Settings.PageSize;
        var from = call.Request.Query.TryGetValue("$skiptoken", out var token) ? Read(token) : 0;
        var body = new JsonObject { ["value"] = new JsonArray([.. all.Skip(from).Take(size)]) };
        if (from + size < all.Length)
            body["nextLink"] = NextLink(call.Request, from + size);

        return ArmAnswer.Ok(body);
    }

    private static string NextLink(ArmRequest request, int from)
    {
        var query = request.Query
            .Where(q => !string.Equals(q.Key, "$skiptoken", StringComparison.OrdinalIgnoreCase))
            .Append(KeyValuePair.Create("$skiptoken", from.ToString(CultureInfo.InvariantCulture)))
            .Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}");
        return $"{request.Address}/{string.Join('/', request.Path.Select(Uri.EscapeDataString))}?{string.Join('&', query)}";
    }

    private static int Read(string token) => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        ? from
        : throw ArmErrors.BadRequest("The skip token is not from an earlier call.");
}
