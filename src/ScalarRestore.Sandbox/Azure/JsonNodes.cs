using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure;

/// <summary>Reads members of JSON. Names are compared without case, as Azure does; a wrong type counts as missing.</summary>
internal static class JsonNodes
{
    public static JsonNode? Member(this JsonObject? json, string name)
    {
        if (json is null)
            return null;

        return json.TryGetPropertyValue(name, out var value)
            ? value
            : json.FirstOrDefault(m => string.Equals(m.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    public static JsonObject? Object(this JsonObject? json, string name) => json.Member(name) as JsonObject;

    public static JsonArray? Array(this JsonObject? json, string name) => json.Member(name) as JsonArray;

    public static string? Text(this JsonObject? json, string name) =>
        json.Member(name) is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool? Flag(this JsonObject? json, string name) => json.Member(name)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static int? Number(this JsonObject? json, string name) =>
        json.Member(name) is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The objects in a list; none where there is no such member.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject? json, string name) => json.Array(name)?.OfType<JsonObject>() ?? [];

    /// <summary>A map of texts, such as tags; null where there is no such member.</summary>
    public static SortedDictionary<string, string>? Texts(this JsonObject? json, string name)
    {
        if (json.Object(name) is not { } map)
            return null;

        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map)
            texts[key] = value?.ToString() ?? "";

        return texts;
    }

    public static JsonObject Of(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value)));

    public static T Copy<T>(this T json)
        where T : JsonNode => (T)json.DeepClone();

    /// <summary>Lays the members of one object over another: objects go into each other, everything else takes the other's place.</summary>
    public static void Lay(this JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
                existing.Lay(inner);
            else
                target[name] = value?.DeepClone();
        }
    }
}
