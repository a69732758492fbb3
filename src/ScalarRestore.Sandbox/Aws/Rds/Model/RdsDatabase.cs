namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>What instances and clusters have in common.</summary>
internal abstract class RdsDatabase
{
    public required string Id { get; set; }

    public required string Arn { get; set; }

    /// <summary>db-… or cluster-…; stays through renames.</summary>
    public required string ResourceId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of the database that the first content comes from, through however many restores: how long a restore takes goes
    /// with that.</summary>
    public required string Origin { get; init; }

    public required RdsEngine Engine { get; init; }

    public required string EngineVersion { get; set; }

    public string Status { get; set; } = "creating";

    public string? MasterUsername { get; set; }

    public string? MasterPassword { get; set; }

    public MasterSecret? Secret { get; set; }

    public string? DatabaseName { get; set; }

    public required int Port { get; set; }

    public required SubnetGroup SubnetGroup { get; set; }

    public required List<string> SecurityGroups { get; set; }

    public required string ParameterGroup { get; set; }

    public required int BackupRetentionPeriod { get; set; }

    public required string BackupWindow { get; set; }

    public required string MaintenanceWindow { get; set; }

    /// <summary>Null where it is not encrypted.</summary>
    public string? KeyId { get; set; }

    public int AllocatedStorage { get; set; }

    public string StorageType { get; set; } = "gp3";

    public int? Iops { get; set; }

    public int? StorageThroughput { get; set; }

    public bool DeletionProtection { get; set; }

    public bool CopyTagsToSnapshot { get; set; }

    public bool IamAuthentication { get; set; }

    public bool AutoMinorVersionUpgrade { get; set; } = true;

    public bool PubliclyAccessible { get; set; }

    public string NetworkType { get; set; } = "IPV4";

    public string LifecycleSupport { get; set; } = "open-source-rds-extended-support";

    public string CertificateAuthority { get; set; } = "rds-ca-rsa2048-g1";

    public int MonitoringInterval { get; set; }

    public string? MonitoringRoleArn { get; set; }

    public PerformanceInsights? Insights { get; set; }

    /// <summary>standard or advanced.</summary>
    public string InsightsMode { get; set; } = "standard";

    public DomainMembership? Domain { get; set; }

    /// <summary>Kinds of logs that go to CloudWatch.</summary>
    public SortedSet<string> LogExports { get; } = new(StringComparer.Ordinal);

    public List<AssociatedRole> Roles { get; } = [];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public List<PendingChange> Pending { get; } = [];

    /// <summary>Changes being done now.</summary>
    public bool IsChanging { get; set; }

    /// <summary>From when on it can be restored to a point in time; null until its first backup.</summary>
    public DateTimeOffset? RestorableFrom { get; set; }

    public RestoreOrigin? RestoredFrom { get; set; }

    /// <summary>Where something real listens for it.</summary>
    public DatabaseAddress? Address { get; set; }

    public bool IsReachable { get; set; }

    /// <summary>Done when what stands behind the endpoint has done what was asked of it.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    public abstract string SourceType { get; }

    /// <summary>Whether the status takes modifications.</summary>
    public bool IsAvailable => Status is "available" or "storage-optimization";
}
