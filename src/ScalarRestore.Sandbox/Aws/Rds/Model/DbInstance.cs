namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A DB instance: one that stands for itself, or a member of a cluster.</summary>
internal sealed class DbInstance : RdsDatabase
{
    public override string SourceType => "db-instance";

    public required string Class { get; set; }

    /// <summary>The cluster that it is a member of.</summary>
    public DbCluster? Cluster { get; set; }

    public int? PromotionTier { get; set; }

    public bool MultiAz { get; set; }

    public required string Zone { get; set; }

    public string? SecondaryZone { get; set; }

    public int? MaxAllocatedStorage { get; set; }

    public required string OptionGroup { get; set; }

    /// <summary>in-sync, applying or pending-reboot.</summary>
    public string ParameterStatus { get; set; } = "in-sync";

    /// <summary>The same for the parameter group of its cluster.</summary>
    public string ClusterParameterStatus { get; set; } = "in-sync";

    public required string License { get; set; }

    public string? CharacterSet { get; init; }

    public string? Timezone { get; init; }

    public bool DedicatedLogVolume { get; set; }

    public SortedDictionary<string, string> ProcessorFeatures { get; } = new(StringComparer.Ordinal);

    /// <summary>Set when the instance is gone and its automated backups are kept: until when they reach.</summary>
    public DateTimeOffset? RetainedSince { get; set; }

    /// <summary>Whether it has an endpoint already.</summary>
    public bool HasEndpoint { get; set; }
}
