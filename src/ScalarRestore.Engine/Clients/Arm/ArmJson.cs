using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Reads the descriptions of resources.</summary>
internal static class ArmJson
{
    /// <summary>The properties of a resource; empty if it has none.</summary>
    public static JsonObject Properties(JsonObject resource) => resource["properties"] as JsonObject ?? [];

    /// <summary>The text at a path; null if there is none.</summary>
    public static string? Text(JsonNode? node, params string[] path)
    {
        foreach (var name in path)
            node = (node as JsonObject)?[name];

        return node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
    }

    /// <summary>A time, UTC; null if there is none.</summary>
    public static DateTimeOffset? Time(JsonNode? node, string name) =>
        DateTimeOffset.TryParse(Text(node, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>The objects of a list; empty if there is none.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node, string name) => ((node as JsonObject)?[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The tags of a resource.</summary>
    public static IReadOnlyDictionary<string, string> Tags(JsonObject resource) =>
        (resource["tags"] as JsonObject ?? []).Where(tag => tag.Value is not null).ToDictionary(tag => tag.Key, tag => tag.Value!.ToString(), StringComparer.Ordinal);

    /// <summary>A region's name without blanks and in small letters, as Azure writes it in ids: <c>westus</c>.</summary>
    public static string Region(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
