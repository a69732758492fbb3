using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Compares descriptions as a whole: whatever is not named here as differing of itself has to be the same.</summary>
/// <param name="names">Names now, and what they stand for before.</param>
/// <param name="differing">Elements that differ of themselves.</param>
internal sealed class Description(IReadOnlyDictionary<string, string> names, IReadOnlySet<string> differing)
{
    /// <summary>What moves with the clock.</summary>
    public static IReadOnlySet<string> Moving { get; } = new HashSet<string>(StringComparer.Ordinal) { "EarliestRestorableTime", "LatestRestorableTime" };

    /// <summary>What is new with every database.</summary>
    public static IReadOnlySet<string> New { get; } = new HashSet<string>(Moving, StringComparer.Ordinal)
    {
        "DBInstanceArn", "DBClusterArn", "DbiResourceId", "DbClusterResourceId", "DBClusterEndpointArn", "DBClusterEndpointResourceIdentifier", "CloneGroupId", "InstanceCreateTime", "ClusterCreateTime",
        "Address", "Endpoint", "ReaderEndpoint", "CustomEndpoints", "CreationTime", "ScalableTargetARN", "PolicyARN", "Alarms",
    };

    /// <summary>The run's own tags on what it made.</summary>
    private const string RunTag = "scalarrestore:";

    /// <summary>The parts that differ, with both values.</summary>
    public IEnumerable<string> Differences(string what, XElement? before, XElement? now)
    {
        if (before is null || now is null)
        {
            return [$"{what}: {(before is null ? "is there and was not" : "is not there")}"];
        }

        var (old, current) = (Parts(before), Parts(now));
        return old.Keys.Union(current.Keys, StringComparer.Ordinal)
            .Select(name => (Name: name, Before: old.GetValueOrDefault(name, ""), Now: current.GetValueOrDefault(name, "")))
            .Where(part => part.Before != part.Now)
            .Select(part => $"{what}/{part.Name}: {part.Before} -> {part.Now}");
    }

    /// <summary>A description in one line, in a fixed order.</summary>
    public string Text(XElement element) => element.HasElements
        ? $"{{{string.Join(' ', element.Elements().Where(Counts).Select(child => $"{child.Name.LocalName}={Text(child)}").Order(StringComparer.Ordinal))}}}"
        : names.GetValueOrDefault(element.Value, element.Value);

    /// <summary>The same for JSON.</summary>
    public string Text(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(' ', map.Where(pair => !differing.Contains(pair.Key)).Select(pair => $"{pair.Key}={Text(pair.Value)}").Order(StringComparer.Ordinal))}}}",
        JsonArray list => $"[{string.Join(' ', list.Select(Text).Order(StringComparer.Ordinal))}]",
        _ => names.GetValueOrDefault(node?.ToString() ?? "", node?.ToString() ?? ""),
    };

    // A Multi-AZ instance stands in two zones, and where is the service's choice. The port of an endpoint counts as its own part.
    private Dictionary<string, string> Parts(XElement resource)
    {
        var isMultiAz = resource.Element("DBClusterIdentifier") is null && resource.Element("DBInstanceIdentifier") is not null && resource.Element("MultiAZ")?.Value == "true";
        var parts = resource.Elements().Where(Counts)
            .Where(part => !isMultiAz || part.Name.LocalName is not ("AvailabilityZone" or "SecondaryAvailabilityZone"))
            .ToDictionary(part => part.Name.LocalName, Text, StringComparer.Ordinal);
        if (resource.Element("Endpoint")?.Element("Port") is { } port)
        {
            parts["Port"] = port.Value;
        }

        // A database that really runs here has a port that the machine chose.
        if (differing.Contains("Address") && !resource.Descendants("Endpoint").Concat(resource.Descendants("Address")).Any(host => host.Value.Contains(".rds.", StringComparison.Ordinal)))
        {
            parts.Remove("Port");
        }

        return parts;
    }

    private bool Counts(XElement part) =>
        !differing.Contains(part.Name.LocalName) && part.Value.Length > 0 && part.Element("Key")?.Value.StartsWith(RunTag, StringComparison.Ordinal) != true;
}
