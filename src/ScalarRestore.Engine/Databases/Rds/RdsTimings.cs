namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>How long RDS takes, for estimates and for polling.</summary>
internal sealed record RdsTimings
{
    /// <summary>A restore of an instance until it can be used: 20 minutes for the smallest, and longer with its size and its log.</summary>
    public TimeSpan Restore { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>A restore of an Aurora cluster, whose volume is copied in the background.</summary>
    public TimeSpan RestoreCluster { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The making of a cluster's instance.</summary>
    public TimeSpan Member { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>A change of settings.</summary>
    public TimeSpan Modify { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>A change of an identifier, with its reboot.</summary>
    public TimeSpan Rename { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A last look.</summary>
    public TimeSpan Verify { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at something that takes minutes.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Between looks that must all find it available.</summary>
    public TimeSpan SecondLook { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often it must be found available in a row: it is known to go back to backing-up or modifying.</summary>
    public int Looks { get; init; } = 3;
}
