using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>An account that was found, and who uses it.</summary>
internal sealed record FoundAccount
{
    /// <summary>Which it is.</summary>
    public required CosmosIdentity Identity { get; init; }

    /// <summary>Its description.</summary>
    public required JsonObject Resource { get; init; }

    /// <summary>The workloads that store into it, as namespace/release.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];
}
