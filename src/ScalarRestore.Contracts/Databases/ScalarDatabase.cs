namespace ScalarRestore.Contracts;

/// <summary>A database behind one or more workloads.</summary>
public sealed record ScalarDatabase
{
    /// <summary>What it is.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The cloud account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>Its tables; DynamoDB only.</summary>
    public IReadOnlyList<DatabaseTable> Tables { get; init; } = [];

    /// <summary>The workloads that store into it, as namespace/release.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>The latest of the tables' earliest restorable times: before it, not all tables can be restored. UTC.</summary>
    public DateTimeOffset? EarliestRestorableTime { get; init; }

    /// <summary>The earliest of the tables' latest restorable times. UTC.</summary>
    public DateTimeOffset? LatestRestorableTime { get; init; }

    /// <summary>Account and region, as shown to people.</summary>
    public string Identity => $"{Account}/{Region}";
}
