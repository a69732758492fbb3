using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Patches;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    public static JsonNode? Apply(JsonNode? target, JsonArray operations)
    {
        // The document hangs below a holder, so that the empty pointer has a place to be replaced in.
        var holder = new JsonObject { [""] = target?.DeepClone() };
        foreach (var operation in operations)
        {
            if (operation is not JsonObject step || step.TextAt("path") is not { } path)
            {
                throw new PatchException("every operation of a JSON patch needs op and path", malformed: true);
            }

            Run(holder, step, Pointer(path));
        }

        var result = holder[""];
        holder.Remove("");
        return result;
    }

    private static void Run(JsonObject holder, JsonObject step, string[] path)
    {
        switch (step.TextAt("op"))
        {
            case "add":
                Add(holder, path, Value(step));
                break;
            case "remove":
                Remove(holder, path);
                break;
            case "replace":
                Get(holder, path);
                Replace(holder, path, Value(step));
                break;
            case "move":
                Add(holder, path, Remove(holder, From(step)));
                break;
            case "copy":
                Add(holder, path, Get(holder, From(step))?.DeepClone());
                break;
            case "test":
                if (!JsonPaths.Same(Get(holder, path), step["value"]))
                {
                    throw new PatchException($"testing value {step.TextAt("path")} failed", malformed: false);
                }

                break;
            default:
                throw new PatchException($"unexpected kind: {step["op"].Shown()}", malformed: true);
        }
    }

    private static JsonNode? Value(JsonObject step) =>
        step.ContainsKey("value") ? step["value"]?.DeepClone() : throw new PatchException("missing value", malformed: true);

    private static string[] From(JsonObject step) => Pointer(step.TextAt("from") ?? throw new PatchException("missing from", malformed: true));

    private static string[] Pointer(string text) => text.Length == 0 || text[0] == '/'
        ? [.. text.Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
        : throw new PatchException($"a pointer begins with '/': {text}", malformed: true);

    private static JsonNode? Get(JsonObject holder, ReadOnlySpan<string> path)
    {
        JsonNode? node = holder;
        for (var i = 0; i < path.Length; i++)
        {
            node = node switch
            {
                JsonObject map when map.ContainsKey(path[i]) => map[path[i]],
                JsonArray list => list[Index(list, path[i], list.Count - 1)],
                _ => throw Missing(path),
            };
        }

        return node;
    }

    private static void Add(JsonObject holder, ReadOnlySpan<string> path, JsonNode? value)
    {
        switch (Get(holder, path[..^1]))
        {
            case JsonObject map:
                map[path[^1]] = value;
                break;
            case JsonArray list:
                list.Insert(path[^1] == "-" ? list.Count : Index(list, path[^1], list.Count), value);
                break;
            default:
                throw Missing(path);
        }
    }

    private static void Replace(JsonObject holder, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (Get(holder, path[..^1]) is JsonArray list)
        {
            list[Index(list, path[^1], list.Count - 1)] = value;
        }
        else
        {
            Add(holder, path, value);
        }
    }

    private static JsonNode? Remove(JsonObject holder, ReadOnlySpan<string> path)
    {
        var value = Get(holder, path);
        switch (Get(holder, path[..^1]))
        {
            case JsonObject map:
                map.Remove(path[^1]);
                break;
            case JsonArray list:
                list.RemoveAt(Index(list, path[^1], list.Count - 1));
                break;
            default:
                throw Missing(path);
        }

        return value;
    }

    private static int Index(JsonArray list, string text, int last) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            ? index
            : throw new PatchException($"index '{text}' is outside a list of {list.Count}", malformed: false);

    private static PatchException Missing(ReadOnlySpan<string> path) =>
        new($"doc is missing path: {string.Join('/', path!)}: missing value", malformed: false);
}
