namespace ScalarRestore.Contracts;

/// <summary>A table of a database and how far back it can go.</summary>
public sealed record DatabaseTable
{
    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The full identity, an ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The immutable id that distinguishes this table from a later one of the same name.</summary>
    public required string Id { get; init; }

    /// <summary>The service's word, for example <c>ACTIVE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether point-in-time recovery is on.</summary>
    public required bool PointInTimeRecovery { get; init; }

    /// <summary>The earliest second that it can be restored to, UTC.</summary>
    public DateTimeOffset? EarliestRestorableTime { get; init; }

    /// <summary>The latest second that it can be restored to, UTC.</summary>
    public DateTimeOffset? LatestRestorableTime { get; init; }

    /// <summary>The service's item count; up to six hours old, so never a proof.</summary>
    public long? ApproximateItems { get; init; }

    /// <summary>The service's size in bytes; up to six hours old.</summary>
    public long? ApproximateBytes { get; init; }

    /// <summary>Global secondary indexes.</summary>
    public int Indexes { get; init; }

    /// <summary>Why the table cannot be restored; empty if it can.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
