namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>The tables that were selected in one account and region.</summary>
internal sealed record TableSet
{
    /// <summary>The profile that reaches the account.</summary>
    public string? Profile { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The tables' names, in their order.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>The metadata tables among them: those that are left out, with a warning, where they cannot be restored.</summary>
    public IReadOnlySet<string> Metadata { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The coordinator tables among them, where the tables were found from workloads.</summary>
    public IReadOnlySet<string> Coordinators { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The workloads that store into them, as namespace/release.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What is wrong already.</summary>
    public IReadOnlyList<RestoreException> Faults { get; init; } = [];
}
