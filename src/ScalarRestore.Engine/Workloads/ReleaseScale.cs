using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Workloads;

/// <summary>How many pods a release shall have, and all that is needed to bring it there. The input of <c>workload.scale</c>.</summary>
internal sealed record ReleaseScale
{
    /// <summary>The cluster's API server, for example <c>https://10.0.0.1:6443</c>: releases of several clusters may be called the same.</summary>
    public required string Cluster { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The release.</summary>
    public required string Release { get; init; }

    /// <summary>The product, which decides on the chart profile.</summary>
    public required ScalarProduct Product { get; init; }

    /// <summary>The product's Deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The number of pods.</summary>
    public required int Replicas { get; init; }

    /// <summary>Which values follow a restore, in the same revision; null where none do.</summary>
    public ReleaseValues? Values { get; init; }

    /// <summary>How the release is changed; never <see cref="WorkloadEngine.Auto"/>.</summary>
    public required WorkloadEngine Engine { get; init; }

    /// <summary>Where helm takes the chart from.</summary>
    public string? ChartReference { get; init; }

    /// <summary>The deployed chart's version, which stays.</summary>
    public required string ChartVersion { get; init; }
}
