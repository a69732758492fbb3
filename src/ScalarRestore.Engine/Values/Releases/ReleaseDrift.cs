using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values.Releases;

/// <summary>What values files say otherwise than a release was last given. It is told, since a restore is no time to deploy it unseen.</summary>
internal static class ReleaseDrift
{
    /// <summary>The dotted keys, in the order of the files; only those of charts that we know.</summary>
    /// <param name="documents">The files in helm's order.</param>
    /// <param name="config">The values that the release was given.</param>
    /// <param name="root">The chart's own first word, for example <c>ledger</c>: what stands elsewhere may be another release's.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<ValuesDocument> documents, JsonObject config, string root)
    {
        var drift = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var document in documents.Reverse())
        {
            if (document.Find(root) is { Map: not null } item)
                Compare(item, config[root], root, drift);
        }

        return [.. drift.Where(pair => pair.Value).Select(pair => pair.Key)];
    }

    /// <summary>The properties in which two texts differ.</summary>
    public static IReadOnlyList<string> FindProperties(string one, string other)
    {
        var (first, second) = (PropertiesReader.ReadMap(one, "the values file"), PropertiesReader.ReadMap(other, "the release"));
        return [.. first.Keys.Union(second.Keys, StringComparer.Ordinal).Where(key => first.GetValueOrDefault(key)?.Trim() != second.GetValueOrDefault(key)?.Trim()).Order(StringComparer.Ordinal)];
    }

    // The last file counts: what it sets is not looked at again in an earlier one.
    private static void Compare(YamlItem item, JsonNode? given, string key, Dictionary<string, bool> drift)
    {
        if (item.Map is not { Count: > 0 } map)
        {
            drift.TryAdd(key, Text(item) != Text(given));
            return;
        }

        foreach (var (name, child) in map)
        {
            if (name == "<<")
                Compare(child, given, key, drift);
            else
                Compare(child, (given as JsonObject)?[name], $"{key}.{name}", drift);
        }
    }

    private static string Text(YamlItem item) =>
        item.List is { } list ? $"[{string.Join(',', list.Select(Text))}]"
        : item.Map is { } map ? $"{{{string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Text(pair.Value)}"))}}}"
        : item.Text ?? "";

    private static string Text(JsonNode? node) => node switch
    {
        JsonArray list => $"[{string.Join(',', list.Select(Text))}]",
        JsonObject map => $"{{{string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Text(pair.Value)}"))}}}",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        null => "",
        _ => node.ToJsonString(),
    };
}
