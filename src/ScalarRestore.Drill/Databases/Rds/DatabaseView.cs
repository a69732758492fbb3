using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScalarRestore.Drill.Databases.Aws;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Everything that the API tells of one instance, or of one cluster with its members, custom endpoints and scaling.</summary>
internal sealed record DatabaseView
{
    /// <summary>The tag by which a member is known again whatever it is called.</summary>
    public const string MemberTag = "member";

    /// <summary>What it is called.</summary>
    public required string Identifier { get; init; }

    /// <summary>The description of the instance or cluster.</summary>
    public required XElement Resource { get; init; }

    /// <summary>The descriptions of a cluster's members, by their tag.</summary>
    public required IReadOnlyDictionary<string, XElement> Members { get; init; }

    /// <summary>The descriptions of a cluster's custom endpoints.</summary>
    public required IReadOnlyList<XElement> CustomEndpoints { get; init; }

    /// <summary>A cluster's scalable targets and policies.</summary>
    public required IReadOnlyList<JsonObject> Scaling { get; init; }

    /// <summary>Host and port that writers use.</summary>
    public string Address => Resource.Element("Endpoint") is { HasElements: true } endpoint
        ? $"{endpoint.Element("Address")!.Value}:{endpoint.Element("Port")!.Value}"
        : $"{Resource.Element("Endpoint")!.Value}:{Resource.Element("Port")!.Value}";

    /// <summary>Reads one.</summary>
    public static async Task<DatabaseView> ReadAsync(RdsApi rds, ScalingApi scaling, string identifier, bool isCluster, CancellationToken cancellationToken)
    {
        if (!isCluster)
        {
            return new DatabaseView
            {
                Identifier = identifier,
                Resource = await rds.InstanceAsync(identifier, cancellationToken),
                Members = new Dictionary<string, XElement>(StringComparer.Ordinal),
                CustomEndpoints = [],
                Scaling = [],
            };
        }

        var cluster = await rds.ClusterAsync(identifier, cancellationToken);
        var members = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var member in cluster.Element("DBClusterMembers")!.Elements())
        {
            var instance = await rds.InstanceAsync(member.Element("DBInstanceIdentifier")!.Value, cancellationToken);
            members.Add(instance.Element("TagList")!.Elements().First(tag => tag.Element("Key")!.Value == MemberTag).Element("Value")!.Value, instance);
        }

        return new DatabaseView
        {
            Identifier = identifier,
            Resource = cluster,
            Members = members,
            CustomEndpoints = await rds.CustomEndpointsAsync(identifier, cancellationToken),
            Scaling = await scaling.OfClusterAsync(identifier, cancellationToken),
        };
    }

    /// <summary>What of it is not as the source is, but for what has to differ.</summary>
    public IReadOnlyList<string> DriftFrom(DatabaseView source)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [Identifier] = source.Identifier, [$"cluster:{Identifier}"] = $"cluster:{source.Identifier}" };
        foreach (var (tag, member) in Members)
        {
            if (source.Members.TryGetValue(tag, out var its))
            {
                names[member.Element("DBInstanceIdentifier")!.Value] = its.Element("DBInstanceIdentifier")!.Value;
            }
        }

        foreach (var (endpoint, its) in CustomEndpoints.Zip(source.CustomEndpoints))
        {
            names[endpoint.Element("DBClusterEndpointIdentifier")!.Value] = its.Element("DBClusterEndpointIdentifier")!.Value;
        }

        return Compare(source, new Description(names, Description.New));
    }

    /// <summary>What of it was changed meanwhile, but for times.</summary>
    public IReadOnlyList<string> ChangesSince(DatabaseView earlier) => Compare(earlier, new Description(new Dictionary<string, string>(StringComparer.Ordinal), Description.Moving));

    private List<string> Compare(DatabaseView before, Description description)
    {
        var drift = new List<string>(description.Differences(before.Identifier, before.Resource, Resource));
        drift.AddRange(before.Members.Keys.Union(Members.Keys, StringComparer.Ordinal).SelectMany(
            tag => description.Differences($"{before.Identifier}/{tag}", before.Members.GetValueOrDefault(tag), Members.GetValueOrDefault(tag))));
        drift.AddRange(Differ("custom endpoints", before.CustomEndpoints.Select(description.Text), CustomEndpoints.Select(description.Text)));
        drift.AddRange(Differ("scaling", before.Scaling.Select(description.Text), Scaling.Select(description.Text)));
        return drift;

        IEnumerable<string> Differ(string what, IEnumerable<string> old, IEnumerable<string> now)
        {
            var (one, other) = (string.Join(' ', old.Order(StringComparer.Ordinal)), string.Join(' ', now.Order(StringComparer.Ordinal)));
            return one == other ? [] : [$"{before.Identifier}/{what}: {one} -> {other}"];
        }
    }
}
