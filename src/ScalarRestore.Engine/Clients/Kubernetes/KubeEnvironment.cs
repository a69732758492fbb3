namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>What a client takes from its surroundings.</summary>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Home">The user's folder.</param>
/// <param name="ServiceAccountFolder">Where a pod finds its service account.</param>
internal sealed record KubeEnvironment(Func<string, string?> Variable, string Home, string ServiceAccountFolder)
{
    /// <summary>The real surroundings.</summary>
    public static KubeEnvironment Current { get; } = new(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        "/var/run/secrets/kubernetes.io/serviceaccount");

    /// <summary>A variable that is set to something; else null.</summary>
    public string? Get(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
