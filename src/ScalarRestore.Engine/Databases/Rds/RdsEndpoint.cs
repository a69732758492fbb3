namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>An endpoint of a database.</summary>
/// <param name="Role">What it leads to: <c>instance</c>, <c>writer</c>, <c>reader</c>, <c>custom:name</c> or <c>member:name</c>.</param>
/// <param name="Address">Host and port.</param>
internal sealed record RdsEndpoint(string Role, string Address)
{
    /// <summary>A single instance.</summary>
    public const string Instance = "instance";

    /// <summary>A cluster's writer.</summary>
    public const string Writer = "writer";

    /// <summary>A cluster's readers.</summary>
    public const string Reader = "reader";

    /// <summary>A custom endpoint of a cluster.</summary>
    public static string Custom(string name) => $"custom:{name}";

    /// <summary>An instance of a cluster.</summary>
    public static string Member(string name) => $"member:{name}";
}
