namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>How long DynamoDB takes, for estimates and for the pace of polling.</summary>
internal sealed record DynamoDbTimings
{
    /// <summary>The usual time of a restore of either kind.</summary>
    public TimeSpan Restore { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>AWS says that a restore hardly ever takes less; until then it is only looked at now and then.</summary>
    public TimeSpan RestoreAtLeast { get; init; } = TimeSpan.FromMinutes(18);

    /// <summary>Between two looks at a restore that is hardly over yet.</summary>
    public TimeSpan EarlyPoll { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The usual time of an on-demand backup.</summary>
    public TimeSpan Backup { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The usual time of a deletion.</summary>
    public TimeSpan Delete { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The usual time of putting settings back.</summary>
    public TimeSpan Reapply { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// From the moment that the copy is ready until it is backed up. A backup is only sure to hold what was there a minute before it was asked
    /// for; nothing writes to a copy once it is ready, so that this one minute is enough.
    /// </summary>
    public TimeSpan BackupSettle { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at a long operation.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Between two looks at a short one.</summary>
    public TimeSpan ShortPoll { get; init; } = TimeSpan.FromSeconds(5);
}
