namespace ScalarRestore.Contracts;

/// <summary>One Helm release of a Scalar product, as found in the cluster.</summary>
public sealed record ScalarWorkload
{
    /// <summary>The Helm release's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the release lives in.</summary>
    public required string Namespace { get; init; }

    /// <summary>Which product the chart installs.</summary>
    public required ScalarProduct Product { get; init; }

    /// <summary>The chart's name, for example <c>scalardb</c>.</summary>
    public required string Chart { get; init; }

    /// <summary>The deployed chart version, which every later change is pinned to.</summary>
    public required string ChartVersion { get; init; }

    /// <summary>The product version that the chart names.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The newest revision in the release's history.</summary>
    public required int Revision { get; init; }

    /// <summary>Helm's status of that revision, for example <c>deployed</c>.</summary>
    public required string ReleaseStatus { get; init; }

    /// <summary>The Deployment that runs the product's pods.</summary>
    public required string Deployment { get; init; }

    /// <summary>The Deployment's wanted number of pods (<c>spec.replicas</c>).</summary>
    public required int Replicas { get; init; }

    /// <summary>The number of pods that the release's own manifest asks for; 0 where it does not say.</summary>
    public int ReleaseReplicas { get; init; }

    /// <summary>Pods that are Ready now.</summary>
    public required int ReadyReplicas { get; init; }

    /// <summary>Pods that exist now, terminating ones included.</summary>
    public required int Pods { get; init; }

    /// <summary>The API server, for example <c>https://10.0.0.1:6443</c>.</summary>
    public required string Cluster { get; init; }

    /// <summary>How the workload was reached, so that later steps reach the same one.</summary>
    public required KubernetesConnection Connection { get; init; }

    /// <summary>The storages that the product's own properties name.</summary>
    public IReadOnlyList<WorkloadStorage> Storages { get; init; } = [];

    /// <summary>What would start the pods again behind our back: autoscalers, Argo CD, Flux. Empty is good.</summary>
    public IReadOnlyList<string> Blockers { get; init; } = [];

    /// <summary>The namespace and the release's name.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
