namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>What the last look found.</summary>
internal sealed record VerifiedDatabase
{
    /// <summary>The restored database.</summary>
    public required MadeDatabase Database { get; init; }

    /// <summary>Its endpoints.</summary>
    public required IReadOnlyList<RdsEndpoint> Endpoints { get; init; }

    /// <summary>What is not as before.</summary>
    public required IReadOnlyList<string> Drift { get; init; }
}
