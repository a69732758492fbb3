namespace ScalarRestore.Engine.Workloads;

/// <summary>Which pods to wait for, and how long. The input of <c>workload.drained</c> and <c>workload.ready</c>.</summary>
internal sealed record PodWait
{
    /// <summary>The cluster's API server, for example <c>https://10.0.0.1:6443</c>: releases of several clusters may be called the same.</summary>
    public required string Cluster { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The release.</summary>
    public required string Release { get; init; }

    /// <summary>The product, which decides on the pods' labels.</summary>
    public required ScalarProduct Product { get; init; }

    /// <summary>The product's Deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>How many pods there shall be.</summary>
    public int Replicas { get; init; }

    /// <summary>How long they shall have gone without a restart.</summary>
    public TimeSpan StableFor { get; init; }

    /// <summary>The longest to wait.</summary>
    public required TimeSpan Timeout { get; init; }
}
