using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Report;

/// <summary>Compares two JSON trees and names every path that differs.</summary>
internal static class StateDiff
{
    /// <summary>The paths that differ, with both values.</summary>
    public static IReadOnlyList<string> Compare(JsonNode? before, JsonNode? after, string path = "")
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return [];
        }

        if (before is JsonObject one && after is JsonObject other)
        {
            return
            [
                .. one.Select(pair => pair.Key).Union(other.Select(pair => pair.Key), StringComparer.Ordinal)
                    .SelectMany(key => Compare(one[key], other[key], $"{path}/{key}")),
            ];
        }

        if (before is JsonArray left && after is JsonArray right && left.Count == right.Count)
        {
            return [.. left.SelectMany((item, index) => Compare(item, right[index], $"{path}[{index}]"))];
        }

        return [$"{path}: {Short(before)} -> {Short(after)}"];
    }

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "nothing";
        return text.Length <= 100 ? text : text[..100] + "...";
    }
}
