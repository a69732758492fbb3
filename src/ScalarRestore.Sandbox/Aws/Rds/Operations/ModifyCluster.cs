using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>ModifyDBCluster.</summary>
internal static class ModifyCluster
{
    public static IEnumerable<XElement?> Run(RdsCall call)
    {
        var (region, form, _) = call;
        var cluster = region.GetCluster(form.Required("DBClusterIdentifier"));
        ClusterOperations.RefuseUnlessAvailable(cluster);
        var reader = new ModifyReader(call, cluster);
        if (form.Text("NewDBClusterIdentifier") is not null)
        {
            var name = ClusterOperations.NewName(call, "NewDBClusterIdentifier");
            reader.InWindow("DBClusterIdentifier", name, at => Rename(region, cluster, name, at), "renaming");
        }

        if (form.Text("DBClusterParameterGroupName") is { } group)
        {
            var name = region.FittingParameterGroup(group, cluster.Engine, cluster.EngineVersion, ofClusters: true);
            reader.Soon("DBClusterParameterGroupName", () => SetParameterGroup(cluster, name));
        }

        if (form.Number("Port") is { } port)
            reader.Soon("Port", () =>
            {
                cluster.Port = port;
                RdsLifecycle.Reopen(region, cluster, cluster.Id);
            });

        // For Aurora Serverless v1, which this cloud has none of, ModifyDBCluster switches it; for others EnableHttpEndpoint does.
        if (form.Flag("EnableHttpEndpoint") == true)
            throw RdsErrors.Combination("The HTTP endpoint of this DB cluster can't be changed by ModifyDBCluster. Use EnableHttpEndpoint.");

        if (form.Number("BacktrackWindow") is { } backtrack)
        {
            if (backtrack > 0 && cluster.BacktrackWindow == 0)
                throw RdsErrors.Combination("Backtrack is not enabled for this DB cluster, and can only be enabled when it is made.");

            reader.Soon("BacktrackWindow", () => cluster.BacktrackWindow = backtrack);
        }

        if (form.Structure("ServerlessV2ScalingConfiguration") is { } scaling)
        {
            var wanted = ClusterReader.Serverless(scaling, cluster.Engine, cluster.Serverless);
            reader.Soon("ServerlessV2ScalingConfiguration", () => cluster.Serverless = wanted);
        }

        ReadStorage(reader, cluster);
        reader.ReadCommon();
        reader.Finish();
        return ClusterOperations.Answer(call, cluster);
    }

    private static void ReadStorage(ModifyReader reader, DbCluster cluster)
    {
        var form = reader.Form;
        if (cluster.IsAurora)
        {
            var type = form.Text("StorageType");
            if (type is not null and not "aurora" and not "aurora-iopt1")
                throw new AwsException("StorageTypeNotSupported", $"Invalid storage type: {type}");

            if (type is not null)
                reader.Soon("StorageType", () => cluster.StorageType = type);

            return;
        }

        if (form.Text("DBClusterInstanceClass") is { } wanted)
        {
            reader.Soon("DBClusterInstanceClass", () =>
            {
                cluster.InstanceClass = wanted;
                foreach (var member in cluster.Members)
                    member.Class = wanted;
            });
        }

        if (form.Number("AllocatedStorage") is not null || form.Number("Iops") is not null || form.Text("StorageType") is not null)
        {
            var storage = form.Number("AllocatedStorage") ?? cluster.AllocatedStorage;
            StorageRules.RefuseGrowth(cluster.AllocatedStorage, storage);
            var shape = StorageRules.Check(
                cluster.Engine, storage, form.Text("StorageType") ?? cluster.StorageType, form.Number("Iops") ?? cluster.Iops,
                throughput: null);
            reader.Soon("AllocatedStorage", () => shape.Set(cluster));
        }
    }

    private static void SetParameterGroup(DbCluster cluster, string name)
    {
        if (name == cluster.ParameterGroup)
            return;

        cluster.ParameterGroup = name;
        foreach (var member in cluster.Members)
            member.ClusterParameterStatus = "pending-reboot";
    }

    private static void Rename(RdsRegion region, DbCluster cluster, string name, DateTimeOffset at)
    {
        var old = cluster.Id;
        region.Clusters.Remove(old);
        cluster.Id = name;
        cluster.Arn = region.Arn("cluster", name);
        region.Clusters.Add(name, cluster);
        region.Tell(cluster, at, "configuration change", $"Renamed DB cluster from {old} to {name}");
        RdsLifecycle.Reopen(region, cluster, old);
    }
}
