namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>Settings that instances, clusters and their instances have alike; a restore leaves all of them out.</summary>
internal static class SharedSettings
{
    /// <summary>Enhanced monitoring.</summary>
    public static IReadOnlyList<RdsSetting> Monitoring { get; } =
    [
        RdsSetting.Changed("MonitoringInterval", r => Reading.Text(r, "MonitoringInterval") is { } seconds && seconds != "0" ? seconds : null) with { Group = "monitoring" },
        RdsSetting.Changed("MonitoringRoleArn") with { Group = "monitoring" },
    ];

    /// <summary>Performance Insights.</summary>
    public static IReadOnlyList<RdsSetting> Insights { get; } =
    [
        RdsSetting.Changed("EnablePerformanceInsights", r => Reading.Flag(r, "PerformanceInsightsEnabled")) with { Group = "insights" },
        RdsSetting.Changed("PerformanceInsightsKMSKeyId") with { Group = "insights" },
        RdsSetting.Changed("PerformanceInsightsRetentionPeriod") with { Group = "insights" },
    ];

    /// <summary>Database Insights, which goes with Performance Insights.</summary>
    public static RdsSetting InsightsMode { get; } = RdsSetting.Changed("DatabaseInsightsMode") with { Group = "insights" };

    /// <summary>
    /// A master password that Secrets Manager keeps: what is restored has the password as it was then, and gets a secret of its own when it is to
    /// be managed again.
    /// </summary>
    public static IReadOnlyList<RdsSetting> Password { get; } =
    [
        RdsSetting.Changed("ManageMasterUserPassword", r => Reading.Text(r, "MasterUserSecret", "SecretArn") is null ? null : "true") with { Group = "password" },
        RdsSetting.Changed("MasterUserSecretKmsKeyId", r => Reading.Text(r, "MasterUserSecret", "KmsKeyId")) with { Group = "password" },
    ];
}
