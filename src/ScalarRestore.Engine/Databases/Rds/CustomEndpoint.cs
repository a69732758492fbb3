namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>A custom endpoint of an Aurora cluster.</summary>
internal sealed record CustomEndpoint
{
    /// <summary>The source's, which stays: identifiers are unique in the account and region.</summary>
    public required string Source { get; init; }

    /// <summary>What the new one is called.</summary>
    public required string Target { get; init; }

    /// <summary>READER or ANY.</summary>
    public required string Type { get; init; }

    /// <summary>The new instances that alone belong to it; empty if there is no such list.</summary>
    public IReadOnlyList<string> StaticMembers { get; init; } = [];

    /// <summary>The new instances that do not belong to it.</summary>
    public IReadOnlyList<string> ExcludedMembers { get; init; } = [];
}
