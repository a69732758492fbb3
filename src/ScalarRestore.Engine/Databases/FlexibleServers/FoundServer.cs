using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>A server that was found, and who uses it.</summary>
internal sealed record FoundServer
{
    /// <summary>Which it is.</summary>
    public required FlexibleIdentity Identity { get; init; }

    /// <summary>Its description.</summary>
    public required JsonObject Resource { get; init; }

    /// <summary>The workloads that store into it, as namespace/release.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>Further hosts by which workloads reach it: virtual endpoints, read replicas, names of private links and zones.</summary>
    public IReadOnlyList<ServerAlias> Aliases { get; init; } = [];
}
