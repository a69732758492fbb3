namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>How long flexible servers take, for estimates and for polling.</summary>
internal sealed record FlexibleTimings
{
    /// <summary>A restore: 13 to 18 minutes for an empty server, and longer with its size and its log.</summary>
    public TimeSpan Restore { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>All changes of settings, one after the other, and a restart.</summary>
    public TimeSpan Reapply { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>The making of a standby.</summary>
    public TimeSpan HighAvailability { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A last look.</summary>
    public TimeSpan Verify { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at something that takes minutes.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Between two looks at a change that takes seconds.</summary>
    public TimeSpan ShortPoll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How far backups may lie behind: logs are shipped every five minutes. (Azure Database for MySQL and for PostgreSQL, "Backup and restore".)</summary>
    public TimeSpan BackupLag { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server that is being restored may hold its name without being found.</summary>
    public TimeSpan LongestUnseen { get; init; } = TimeSpan.FromMinutes(90);
}
