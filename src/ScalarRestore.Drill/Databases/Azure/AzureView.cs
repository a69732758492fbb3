using System.Text.Json.Nodes;
using ScalarRestore.Drill.Report;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>Everything that the API tells of one account or server.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Resource">Its description.</param>
/// <param name="Inside">What belongs to it: of an account containers with their procedures, of a server rules and parameters.</param>
internal sealed record AzureView(string Name, JsonObject Resource, JsonObject Inside)
{
    /// <summary>The run's own tags on what it made.</summary>
    private const string RunTag = "scalarrestore-";

    /// <summary>Its properties.</summary>
    public JsonObject Properties => Resource["properties"]!.AsObject();

    /// <summary>What of it is not as the source is, but for what has to differ.</summary>
    /// <param name="source">The source.</param>
    /// <param name="own">Properties that each has of its own, as paths.</param>
    public IReadOnlyList<string> DriftFrom(AzureView source, IReadOnlyList<string> own) =>
        [.. StateDiff.Compare(source.Comparable(source.Name, own), Comparable(source.Name, own)).Select(path => $"{source.Name}{path}")];

    /// <summary>What of it was changed meanwhile.</summary>
    public IReadOnlyList<string> ChangesSince(AzureView earlier, IReadOnlyList<string> own) =>
        [.. StateDiff.Compare(earlier.Comparable(Name, own), Comparable(Name, own)).Select(path => $"{Name}{path}")];

    // Under another's name, wherever its own stands.
    private JsonNode Comparable(string name, IReadOnlyList<string> own)
    {
        var all = JsonNode.Parse(new JsonObject { ["resource"] = Resource.DeepClone(), ["inside"] = Inside.DeepClone() }.ToJsonString().Replace(Name, name, StringComparison.Ordinal))!;
        var resource = all["resource"]!.AsObject();
        resource.Remove("systemData");
        foreach (var path in own)
        {
            var parts = path.Split('/');
            var place = parts[..^1].Aggregate((JsonNode?)resource["properties"], (node, part) => node?[part]) as JsonObject;
            place?.Remove(parts[^1]);
        }

        if (resource["tags"] is JsonObject tags)
        {
            foreach (var tag in tags.Select(pair => pair.Key).Where(key => key.StartsWith(RunTag, StringComparison.Ordinal)).ToList())
            {
                tags.Remove(tag);
            }
        }

        return all;
    }
}
