namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Who asks.</summary>
internal sealed record User(string Name, IReadOnlyList<string> Groups)
{
    public const string Masters = "system:masters";
    public const string Authenticated = "system:authenticated";

    public static User Admin { get; } = new("sandbox-admin", [Masters, Authenticated]);

    public static User ReadOnly { get; } = new("sandbox-readonly", [Authenticated]);

    public bool IsAdmin => Groups.Contains(Masters, StringComparer.Ordinal);

    public static User ServiceAccount(string ns, string name) => new(
        $"system:serviceaccount:{ns}:{name}",
        ["system:serviceaccounts", $"system:serviceaccounts:{ns}", Authenticated]);
}
