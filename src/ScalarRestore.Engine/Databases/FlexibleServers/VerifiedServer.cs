namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>What the last look found.</summary>
internal sealed record VerifiedServer
{
    /// <summary>The restored server's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its host.</summary>
    public required string Host { get; init; }

    /// <summary>What is not as before.</summary>
    public required IReadOnlyList<string> Drift { get; init; }
}
