using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Reads and sets values of a chart by dotted keys.</summary>
internal static class ChartValues
{
    /// <summary>The value at a key; null if it is not set.</summary>
    public static JsonNode? At(JsonObject? values, string key)
    {
        JsonNode? node = values;
        foreach (var part in key.Split('.'))
        {
            node = node is JsonObject map && map.TryGetPropertyValue(part, out var child) ? child : null;
        }

        return node;
    }

    /// <summary>A scalar as text; null if it is not set, or no scalar.</summary>
    public static string? Text(JsonObject? values, string key) =>
        At(values, key) is JsonValue value
            ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
            : null;

    /// <summary>A whole number; null if it is not set, or none.</summary>
    public static int? Number(JsonObject? values, string key) =>
        At(values, key) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && number == Math.Floor(number)
            ? (int)number
            : null;

    /// <summary>Sets a value, with all that is missing above it.</summary>
    public static void Set(JsonObject values, string key, JsonNode value)
    {
        var parts = key.Split('.');
        var map = values;
        foreach (var part in parts[..^1])
        {
            if (map[part] is not JsonObject child)
            {
                child = [];
                map[part] = child;
            }

            map = child;
        }

        map[parts[^1]] = value;
    }
}
