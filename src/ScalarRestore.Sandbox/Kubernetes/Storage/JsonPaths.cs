using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>Reading and building JSON trees without a null check at each level.</summary>
internal static class JsonPaths
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (node is not JsonObject map)
            {
                return null;
            }

            node = map[key];
        }

        return node;
    }

    public static JsonObject? MapAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    /// <summary>The objects of a list; none where there is no list.</summary>
    public static IEnumerable<JsonObject> ItemsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The texts of a list; none where there is no list.</summary>
    public static IEnumerable<string> TextsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray)?.Select(item => item.Text()).OfType<string>() ?? [];

    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path).Text();

    public static int? NumberAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path).Number();

    public static bool FlagAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static int? Number(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>How a scalar is shown in a table cell or compared in a field selector.</summary>
    public static string Shown(this JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => node.ToJsonString(),
    };

    /// <summary>The map under a key, made when missing.</summary>
    public static JsonObject Ensure(this JsonObject map, string key)
    {
        if (map[key] is JsonObject found)
        {
            return found;
        }

        var made = new JsonObject();
        map[key] = made;
        return made;
    }

    public static void SetDefault(this JsonObject map, string key, JsonNode value)
    {
        if (map[key] is null)
        {
            map[key] = value;
        }
    }

    public static JsonObject Copy(this JsonObject map) => (JsonObject)map.DeepClone();

    public static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    /// <summary>A number, or a percentage of <paramref name="total"/>, as in <c>maxSurge</c>.</summary>
    public static int Share(this JsonNode? node, int total, bool roundUp)
    {
        if (node.Number() is { } number)
        {
            return number;
        }

        if (node.Text() is not { } text || !text.EndsWith('%')
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent))
        {
            return 0;
        }

        return ((total * percent) + (roundUp ? 99 : 0)) / 100;
    }

    /// <summary>A time as Kubernetes writes it: whole seconds, UTC.</summary>
    public static string Stamp(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? TimeAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(node.TextAt(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Parses a body; a key given twice is refused.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
