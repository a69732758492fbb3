namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>A program of a kubeconfig that obtains credentials.</summary>
/// <param name="ApiVersion">The version of ExecCredential that it speaks.</param>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments; no shell sees them.</param>
/// <param name="Variables">Variables to add to its environment.</param>
/// <param name="ProvideClusterInfo">Whether it wants to be told the cluster.</param>
/// <param name="InstallHint">What the kubeconfig says to do if the program is missing.</param>
internal sealed record ExecPlugin(
    string ApiVersion,
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Variables,
    bool ProvideClusterInfo,
    string? InstallHint);
