namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Times and limits of DynamoDB, in sandbox seconds.</summary>
internal sealed record DynamoDbSettings
{
    /// <summary>CREATING to ACTIVE of a new table.</summary>
    public ServiceTime CreateTableSeconds { get; init; } = 1;

    /// <summary>DELETING until the table is gone.</summary>
    public ServiceTime DeleteTableSeconds { get; init; } = 1;

    /// <summary>After a table is gone: how long its name still answers TableInUseException to a restore.</summary>
    public ServiceTime NameReleaseSeconds { get; init; } = 0.5;

    /// <summary>A restore to a point in time.</summary>
    public ServiceTime RestoreSeconds { get; init; } = 1;

    /// <summary>A restore from a backup.</summary>
    public ServiceTime RestoreBackupSeconds { get; init; } = 1;

    /// <summary>CREATING to AVAILABLE of a backup.</summary>
    public ServiceTime BackupSeconds { get; init; } = 1;

    /// <summary>UPDATING to ACTIVE.</summary>
    public ServiceTime UpdateTableSeconds { get; init; } = 1;

    /// <summary>How much later than its restored table each index becomes ACTIVE; also the back-filling of a new index.</summary>
    public ServiceTime IndexExtraSeconds { get; init; } = 0.5;

    /// <summary>How far the latest restorable time lies behind.</summary>
    public ServiceTime LatestRestorableLagSeconds { get; init; } = 0;

    /// <summary>From switching on point-in-time recovery until it is ENABLED.</summary>
    public ServiceTime PitrEnableSeconds { get; init; } = 1;

    /// <summary>After a table becomes ACTIVE: how long continuous backups and backups are still refused.</summary>
    public ServiceTime ContinuousBackupsDelaySeconds { get; init; } = 1;

    /// <summary>ENABLING or DISABLING of time to live.</summary>
    public ServiceTime TtlUpdateSeconds { get; init; } = 1;

    /// <summary>How long a second change of time to live is refused.</summary>
    public ServiceTime TtlCooldownSeconds { get; init; } = 3600;

    /// <summary>ENABLING or DISABLING of a Kinesis destination.</summary>
    public ServiceTime KinesisSeconds { get; init; } = 1;

    /// <summary>ENABLING or DISABLING of contributor insights.</summary>
    public ServiceTime InsightsSeconds { get; init; } = 1;

    /// <summary>How long a tag takes to show.</summary>
    public ServiceTime TagSeconds { get; init; } = 0;

    /// <summary>How often ItemCount and sizes are counted anew.</summary>
    public ServiceTime ItemCountRefreshSeconds { get; init; } = 21600;

    /// <summary>Whether a table in DELETING still takes reads and writes, as the real one may.</summary>
    public bool PendingWritesAfterDeleteAccepted { get; init; } = true;

    /// <summary>The account's limits.</summary>
    public DynamoDbLimits Limits { get; init; } = new();
}
