namespace ScalarRestore.Contracts;

/// <summary>How to reach the cluster. Nothing here is a secret; credentials stay in the kubeconfig or the service account.</summary>
public sealed record KubernetesConnection
{
    /// <summary>The kubeconfig; null follows <c>KUBECONFIG</c>, then <c>~/.kube/config</c>, then the in-cluster service account.</summary>
    public string? KubeConfigPath { get; init; }

    /// <summary>The kubeconfig's context; null takes its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Whether a kubeconfig's <c>exec</c> plugin may be run to obtain credentials.</summary>
    public bool AllowExecPlugin { get; init; }
}
