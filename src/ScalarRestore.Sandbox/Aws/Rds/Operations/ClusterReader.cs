using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Makes a cluster from the parameters that creation and restore share. As with instances, nothing here looks at a source.
/// </summary>
internal static class ClusterReader
{
    public static DbCluster Read(RdsCall call, string id, ClusterBasis basis)
    {
        var (region, form, now) = call;
        var engine = basis.Engine;
        var group = region.GetSubnetGroup(form.Text("DBSubnetGroupName") ?? "default");
        var resourceId = region.NewResourceId("cluster-");
        var cluster = new DbCluster
        {
            Id = id,
            Arn = region.Arn("cluster", id),
            ResourceId = resourceId,
            CreatedAt = now,
            Origin = basis.Origin ?? id,
            Engine = engine,
            EngineVersion = basis.Version,
            EngineMode = form.Text("EngineMode") ?? "provisioned",
            MasterUsername = basis.MasterUsername,
            MasterPassword = basis.MasterPassword,
            DatabaseName = basis.DatabaseName,
            Port = form.Number("Port") ?? engine.Port,
            SubnetGroup = group,
            SecurityGroups = region.FittingSecurityGroups(form.List("VpcSecurityGroupIds", "VpcSecurityGroupId"), group, "DB cluster"),
            ParameterGroup = region.FittingParameterGroup(
                form.Text("DBClusterParameterGroupName"), engine, basis.Version, ofClusters: true),
            BackupRetentionPeriod = CommonParameters.Retention(form, basis.Retention) is var days and > 0
                ? days
                : throw RdsErrors.Value("Invalid backup retention period. Must be between 1 and 35"),
            BackupWindow = form.Text("PreferredBackupWindow") ?? "17:00-17:30",
            MaintenanceWindow = basis.MaintenanceWindow ?? "sun:18:00-sun:18:30",
            KeyId = basis.KeyId,
            Zones = [.. group.Zones.Take(3)],
            CloneGroupId = basis.CloneGroupId ?? region.Hash(resourceId)[..32],
            CharacterSet = basis.CharacterSet,
            InstanceClass = form.Text("DBClusterInstanceClass"),
            PubliclyAccessible = form.Flag("PubliclyAccessible") ?? group.Name == "default",
            Serverless = Serverless(form.Structure("ServerlessV2ScalingConfiguration"), engine, present: null),
            BacktrackWindow = form.Number("BacktrackWindow") ?? 0,
        };
        CommonParameters.ReadInto(call, cluster);
        if (cluster.EngineMode == "serverless")
            throw RdsErrors.Combination("The engine mode serverless is no longer supported. Use ServerlessV2ScalingConfiguration.");

        if (cluster.BacktrackWindow > 0 && engine.Name != "aurora-mysql")
            throw RdsErrors.Combination($"Backtrack is not supported for the engine {engine.Name}.");

        ReadStorage(form, cluster, basis.AllocatedStorage);
        return cluster;
    }

    public static ServerlessScaling? Serverless(RdsForm? form, RdsEngine engine, ServerlessScaling? present)
    {
        if (form is null)
            return present;

        if (!engine.IsAurora)
            throw RdsErrors.Combination($"Serverless v2 is not supported for the engine {engine.Name}.");

        var min = form.Real("MinCapacity") ?? present?.Min;
        var max = form.Real("MaxCapacity") ?? present?.Max;
        return min is { } low and >= 0 and <= 256 && max is { } high and >= 1 and <= 256 && low <= high
            ? new ServerlessScaling(low, high, form.Number("SecondsUntilAutoPause") ?? (low == 0 ? 300 : null))
            : throw RdsErrors.Value(
                "Invalid Serverless v2 scaling configuration: MinCapacity must be at least 0, MaxCapacity at most 256 and no less.");
    }

    private static void ReadStorage(RdsForm form, DbCluster cluster, int allocated)
    {
        if (cluster.IsAurora)
        {
            cluster.StorageType = form.Text("StorageType") ?? "aurora";
            if (cluster.StorageType is not "aurora" and not "aurora-iopt1")
                throw new AwsException("StorageTypeNotSupported", $"Invalid storage type: {cluster.StorageType}");

            CommonParameters.Refuse(form, "{0} is not supported for Aurora.", "DBClusterInstanceClass", "AllocatedStorage", "Iops");
            return;
        }

        if (cluster.InstanceClass is null)
            throw RdsErrors.Combination("The parameter DBClusterInstanceClass is required for Multi-AZ DB clusters.");

        if (cluster.Zones.Count < 3)
            throw new AwsException(
                "DBSubnetGroupDoesNotCoverEnoughAZs",
                "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 3 AZs.");

        StorageRules.Check(cluster.Engine, allocated, form.Text("StorageType") ?? "io1", form.Number("Iops"), throughput: null)
            .Set(cluster);
    }
}
