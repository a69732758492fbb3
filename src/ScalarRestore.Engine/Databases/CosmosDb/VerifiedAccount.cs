namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>What the last look found.</summary>
internal sealed record VerifiedAccount
{
    /// <summary>The restored account's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What is not as before.</summary>
    public required IReadOnlyList<string> Drift { get; init; }
}
