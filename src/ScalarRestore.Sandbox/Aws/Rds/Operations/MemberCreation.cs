using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Makes members of clusters.</summary>
internal static class MemberCreation
{
    /// <summary>CreateDBInstance with a cluster: what belongs to the cluster cannot be given here.</summary>
    public static DbInstance Create(RdsCall call, string id)
    {
        var (region, form, now) = call;
        CommonParameters.Refuse(
            form, "The requested DB Instance will be a member of a DB Cluster. Set {0} for the DB Cluster.",
            "AllocatedStorage", "StorageType", "Iops", "StorageThroughput", "MaxAllocatedStorage", "StorageEncrypted", "KmsKeyId",
            "MasterUsername", "MasterUserPassword", "ManageMasterUserPassword", "MasterUserSecretKmsKeyId", "DBName",
            "VpcSecurityGroupIds", "BackupRetentionPeriod", "PreferredBackupWindow", "Port", "DeletionProtection", "CharacterSetName",
            "EnableIAMDatabaseAuthentication", "EnableCloudwatchLogsExports", "Domain", "MultiAZ", "OptionGroupName", "NetworkType");
        var cluster = region.GetCluster(form.Required("DBClusterIdentifier"));
        if (!cluster.IsAurora)
            throw RdsErrors.Combination($"DB cluster {cluster.Id} is a Multi-AZ DB cluster: its instances come by themselves.");

        if (!cluster.IsAvailable)
            throw RdsErrors.ClusterState($"DB cluster {cluster.Id} is not in available state: {cluster.Status}.");

        var engine = RdsEngine.Get(form.Required("Engine"));
        if (engine != cluster.Engine)
            throw RdsErrors.Combination(
                $"The engine name requested for your DB instance ({engine.Name}) doesn't match the engine name of your DB cluster ({cluster.Engine.Name}).");

        if (form.Text("EngineVersion") is { } version && version != cluster.EngineVersion)
            throw RdsErrors.Combination(
                $"The engine version that you requested for your DB instance ({version}) does not match the engine version of your DB cluster ({cluster.EngineVersion}).");

        var instanceClass = form.Required("DBInstanceClass");
        if (instanceClass == "db.serverless" && cluster.Serverless is null)
            throw RdsErrors.Combination(
                "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.");

        if (form.Text("DBSubnetGroupName") is { } group && RdsNames.Plain(group) != cluster.SubnetGroup.Name)
            throw RdsErrors.Combination($"The DB subnet group of a member is that of its DB cluster: {cluster.SubnetGroup.Name}.");

        if (cluster.Members.Count >= region.Limits.MembersPerCluster)
            throw new AwsException("InstanceQuotaExceeded", "The DB cluster has as many DB instances as it can have.");

        region.RefuseTooManyInstances(1, 0);
        var tier = form.Number("PromotionTier") ?? 1;
        if (tier is < 0 or > 15)
            throw RdsErrors.Value("Invalid PromotionTier. Valid values: 0 - 15");

        var (zone, _) = InstanceReader.Zones(form, cluster.SubnetGroup, isMultiAz: false);
        var member = New(call, cluster, id, instanceClass, zone, tier);
        member.ParameterGroup = region.FittingParameterGroup(
            form.Text("DBParameterGroupName"), engine, cluster.EngineVersion, ofClusters: false);
        member.PubliclyAccessible = form.Flag("PubliclyAccessible") ?? cluster.SubnetGroup.Name == "default";
        member.AutoMinorVersionUpgrade = form.Flag("AutoMinorVersionUpgrade") ?? true;
        member.CertificateAuthority = form.Text("CACertificateIdentifier") ?? member.CertificateAuthority;
        member.MaintenanceWindow = form.Text("PreferredMaintenanceWindow") ?? member.MaintenanceWindow;
        member.CopyTagsToSnapshot = form.Flag("CopyTagsToSnapshot") ?? false;
        CommonParameters.ReadMonitoringInto(call, member);

        // A member has its own tags and takes none from its cluster.
        CommonParameters.Tag(member.Tags, form.Tags() ?? []);
        var time = region.Draw(region.Settings.CreateMemberSeconds, "create-member", id);
        RdsLifecycle.StartMember(region, member, now + time, RdsFailures.Wanted(region, id));
        return member;
    }

    /// <summary>The three members of a Multi-AZ cluster, ready when the cluster is.</summary>
    public static void CreateAll(RdsCall call, DbCluster cluster, DateTimeOffset availableAt)
    {
        for (var i = 1; i <= 3; i++)
        {
            var zone = cluster.Zones[(i - 1) % cluster.Zones.Count];
            var member = New(call, cluster, $"{cluster.Id}-instance-{i}", cluster.InstanceClass!, zone, tier: 1);
            member.PubliclyAccessible = cluster.PubliclyAccessible;
            member.AutoMinorVersionUpgrade = cluster.AutoMinorVersionUpgrade;
            RdsLifecycle.StartMember(call.Region, member, availableAt, failure: null);
        }
    }

    private static DbInstance New(RdsCall call, DbCluster cluster, string id, string instanceClass, string zone, int tier) => new()
    {
        Id = id,
        Arn = call.Region.Arn("db", id),
        ResourceId = call.Region.NewResourceId("db-"),
        CreatedAt = call.Now,
        Origin = cluster.Origin,
        Engine = cluster.Engine,
        EngineVersion = cluster.EngineVersion,
        Class = instanceClass,
        Port = cluster.Port,
        SubnetGroup = cluster.SubnetGroup,
        SecurityGroups = cluster.SecurityGroups,
        ParameterGroup = cluster.Engine.DefaultParameterGroup(cluster.EngineVersion),
        OptionGroup = cluster.Engine.DefaultOptionGroup(cluster.EngineVersion),
        BackupRetentionPeriod = cluster.BackupRetentionPeriod,
        BackupWindow = cluster.BackupWindow,
        MaintenanceWindow = "mon:18:00-mon:18:30",
        License = cluster.Engine.License,
        Zone = zone,
        Cluster = cluster,
        PromotionTier = tier,
    };
}
