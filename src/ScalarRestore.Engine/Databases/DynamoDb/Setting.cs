namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>The settings of a table, in the order in which they are put back.</summary>
internal enum Setting
{
    /// <summary>Key schema and indexes; these cannot be put back, only compared.</summary>
    Structure,

    /// <summary>Point-in-time recovery and its period.</summary>
    PointInTimeRecovery,

    /// <summary>Billing mode, with the throughput of table and indexes.</summary>
    BillingMode,

    /// <summary>Provisioned throughput.</summary>
    Throughput,

    /// <summary>The most units on demand.</summary>
    OnDemandLimit,

    /// <summary>Warm throughput.</summary>
    WarmThroughput,

    /// <summary>The table class.</summary>
    TableClass,

    /// <summary>The encryption key.</summary>
    Encryption,

    /// <summary>The stream.</summary>
    Stream,

    /// <summary>Tags.</summary>
    Tags,

    /// <summary>The table's resource policy.</summary>
    ResourcePolicy,

    /// <summary>The stream's resource policy.</summary>
    StreamPolicy,

    /// <summary>Kinesis destinations.</summary>
    Kinesis,

    /// <summary>Contributor insights.</summary>
    ContributorInsights,

    /// <summary>Time to live.</summary>
    TimeToLive,

    /// <summary>Scaling policies.</summary>
    ScalingPolicy,

    /// <summary>Scheduled scaling.</summary>
    ScheduledAction,

    /// <summary>Scalable targets and whether they are suspended.</summary>
    ScalingTarget,

    /// <summary>Deletion protection.</summary>
    DeletionProtection,
}
