using System.Xml.Linq;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>An instance or cluster that was found, and who uses it.</summary>
internal sealed record FoundDatabase
{
    /// <summary>Which it is.</summary>
    public required RdsIdentity Identity { get; init; }

    /// <summary>Its description.</summary>
    public required XElement Resource { get; init; }

    /// <summary>The descriptions of its instances; a cluster's only.</summary>
    public IReadOnlyList<XElement> Members { get; init; } = [];

    /// <summary>The workloads that store into it, as namespace/release.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>Other names (CNAMEs) under which workloads reach an endpoint of it, with the role of that endpoint.</summary>
    public IReadOnlyList<RdsEndpoint> Aliases { get; init; } = [];
}
