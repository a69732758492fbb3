namespace ScalarRestore.Contracts;

/// <summary>A database behind one or more workloads.</summary>
public sealed record ScalarDatabase
{
    /// <summary>What it is.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The AWS account, or the Azure subscription.</summary>
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

    /// <summary>The identifier of the instance or cluster, or the name of the account; null for DynamoDB, whose tables have names of their own.</summary>
    public string? Identifier { get; init; }

    /// <summary>The full identity in AWS, an ARN; null for DynamoDB.</summary>
    public string? Arn { get; init; }

    /// <summary>The full identity in Azure; null elsewhere.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The engine and its version, for example <c>aurora-postgresql 15.4</c>; null for DynamoDB.</summary>
    public string? Engine { get; init; }

    /// <summary>The service's word, for example <c>available</c>; null for DynamoDB.</summary>
    public string? Status { get; init; }

    /// <summary>Host and port of its endpoints; empty for DynamoDB.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Why it cannot be restored; empty if it can, and for DynamoDB, which tells of each table.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Account, region and identifier, as shown to people.</summary>
    public string Identity => Identifier is null ? $"{Account}/{Region}" : $"{Account}/{Region}/{Identifier}";
}
