namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>How long Cosmos DB takes, for estimates and for polling.</summary>
internal sealed record CosmosTimings
{
    /// <summary>A restore of an account: 14 minutes for an empty one, and 45 to 75 minutes for each terabyte.</summary>
    public TimeSpan Restore { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>All changes of settings, one after the other.</summary>
    public TimeSpan Reapply { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>Adding a region to an account that is not large.</summary>
    public TimeSpan Region { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Putting stored procedures into all containers.</summary>
    public TimeSpan Procedures { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A last look, or time to live.</summary>
    public TimeSpan Verify { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at something that takes minutes.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Between two looks at a change that takes seconds.</summary>
    public TimeSpan ShortPoll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How far backups may lie behind: 100 seconds. (Azure Cosmos DB, "Continuous backup with point-in-time restore".)</summary>
    public TimeSpan BackupLag { get; init; } = TimeSpan.FromMinutes(2);
}
