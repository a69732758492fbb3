namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Limits of one account in one region.</summary>
internal sealed record DynamoDbLimits
{
    public int ConcurrentRestores { get; init; } = 50;

    /// <summary>Tables being created, updated or deleted at the same time.</summary>
    public int SimultaneousTableOperations { get; init; } = 500;

    /// <summary>The same, counting tables with secondary indexes only.</summary>
    public int SimultaneousIndexedTableOperations { get; init; } = 250;

    public int Tables { get; init; } = 2500;

    /// <summary>Changes to on-demand within 24 hours.</summary>
    public int OnDemandSwitchesPerDay { get; init; } = 4;

    /// <summary>Calls a sandbox second that operations without a rate of their own may take.</summary>
    public double DefaultCallRate { get; init; } = 2000;

    /// <summary>Calls a sandbox second by operation. What a settings file says here is added to these.</summary>
    public IReadOnlyDictionary<string, double> CallRates { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["DescribeContinuousBackups"] = 10,
        ["UpdateContinuousBackups"] = 10,
        ["RestoreTableFromBackup"] = 10,
        ["RestoreTableToPointInTime"] = 10,
        ["DescribeBackup"] = 10,
        ["DeleteBackup"] = 10,
        ["CreateBackup"] = 50,
        ["ListBackups"] = 5,
        ["TagResource"] = 5,
        ["UntagResource"] = 5,
        ["ListTagsOfResource"] = 10,
    };
}
