namespace ScalarRestore.Engine.Workloads;

/// <summary>Whose pods shall name which endpoints. The input of <c>workload.values</c>.</summary>
internal sealed record ValuesProof
{
    /// <summary>The cluster's API server.</summary>
    public required string Cluster { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The release.</summary>
    public required string Release { get; init; }

    /// <summary>The product, which decides on the chart profile.</summary>
    public required ScalarProduct Product { get; init; }

    /// <summary>The product's Deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The product's version.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The endpoints that changed.</summary>
    public required IReadOnlyList<EndpointChange> Changes { get; init; }
}
