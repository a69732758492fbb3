namespace ScalarRestore.Engine.Databases;

/// <summary>What the operator wants of a restore.</summary>
internal sealed record RestoreIntent
{
    /// <summary>What names of copies and backups derive from: the run's id, with a number after it from the second plan on.</summary>
    public required string RunId { get; init; }

    /// <summary>The restore point: a whole second, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>No on-demand backup of the live tables.</summary>
    public bool SkipSafetyBackup { get; init; }

    /// <summary>What is restored takes the source's identifier.</summary>
    public bool KeepIdentifier { get; init; }

    /// <summary>TTL stays off.</summary>
    public bool SkipTimeToLive { get; init; }

    /// <summary>How far the clocks of ScalarDB's hosts may be ahead of the service's before rows count as newer than the restore point.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that one operation may take.</summary>
    public required TimeSpan Timeout { get; init; }
}
