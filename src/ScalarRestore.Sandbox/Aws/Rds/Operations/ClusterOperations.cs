using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Making, describing and deleting clusters.</summary>
internal static class ClusterOperations
{
    private static readonly Dictionary<string, Func<DbCluster, string?>> Filters = new(StringComparer.Ordinal)
    {
        ["db-cluster-id"] = c => c.Id,
        ["db-cluster-resource-id"] = c => c.ResourceId,
        ["clone-group-id"] = c => c.CloneGroupId,
        ["domain"] = c => c.Domain?.Domain,
        ["engine"] = c => c.Engine.Name,
    };

    public static IEnumerable<XElement?> Create(RdsCall call)
    {
        var (region, form, now) = call;
        var id = NewName(call, "DBClusterIdentifier");
        var engine = RdsEngine.Get(form.Required("Engine"));
        if (!engine.HasClusters)
            throw RdsErrors.Value($"Invalid DB engine for a DB cluster: {engine.Name}");

        var storage = form.Number("AllocatedStorage");
        if (storage is null && !engine.IsAurora)
            throw RdsErrors.Combination("The parameter AllocatedStorage is required for Multi-AZ DB clusters.");

        region.RefuseTooManyClusters();
        var cluster = ClusterReader.Read(call, id, new ClusterBasis(engine, engine.Version(form.Text("EngineVersion")), storage ?? 1, 1)
        {
            MasterUsername = InstanceOperations.MasterUser(form),
            MasterPassword = form.Text("MasterUserPassword"),
            DatabaseName = form.Text("DatabaseName"),
            KeyId = InstanceOperations.Key(call),
            MaintenanceWindow = form.Text("PreferredMaintenanceWindow"),
            CharacterSet = form.Text("CharacterSetName"),
        });
        CommonParameters.ReadMonitoringInto(call, cluster);
        CommonParameters.Tag(cluster.Tags, form.Tags() ?? []);
        cluster.HttpEndpoint = cluster.IsAurora && form.Flag("EnableHttpEndpoint") == true;
        if (form.Flag("ManageMasterUserPassword") is true)
            RdsLifecycle.ManagePassword(region, cluster, now, form.Text("MasterUserSecretKmsKeyId"));

        Start(call, cluster, now + region.Draw(region.Settings.CreateClusterSeconds, "create-cluster", id), failure: null);
        RdsLifecycle.Make(region, cluster);
        return Answer(call, cluster);
    }

    public static IEnumerable<XElement?> Describe(RdsCall call)
    {
        var (region, form, now) = call;
        IEnumerable<DbCluster> all = form.Text("DBClusterIdentifier") is { } id ? [region.GetCluster(id)] : region.Clusters.Values;
        return Paging.Page(
            call, "DBClusters", Filtering.Where(call, all, Filters), c => c.Id, c => ClusterXml.Describe(region, c, now));
    }

    public static IEnumerable<XElement?> Delete(RdsCall call)
    {
        var (region, form, now) = call;
        var cluster = region.GetCluster(form.Required("DBClusterIdentifier"));
        if (cluster.Status == "deleting")
            throw RdsErrors.ClusterState($"DB cluster {cluster.Id} is already being deleted.");

        if (cluster.DeletionProtection)
            throw RdsErrors.Combination("Cannot delete protected Cluster, please disable deletion protection and try again.");

        if (cluster.IsAurora && cluster.Members.Exists(m => m.Status != "deleting"))
            throw RdsErrors.ClusterState("Cluster cannot be deleted, it still contains DB instances in non-deleting state.");

        InstanceOperations.RefuseUnclearSnapshot(form, isMember: false);
        RdsLifecycle.Delete(region, cluster, now);
        return Answer(call, cluster);
    }

    /// <summary>Adds a new cluster; a Multi-AZ one with its members.</summary>
    public static void Start(RdsCall call, DbCluster cluster, DateTimeOffset availableAt, string? failure)
    {
        if (!cluster.IsAurora)
        {
            call.Region.RefuseTooManyInstances(3, cluster.AllocatedStorage);
            if (Enumerable.Range(1, 3).Any(i => call.Region.FindInstance($"{cluster.Id}-instance-{i}") is not null))
                throw RdsErrors.InstanceExists();
        }

        RdsLifecycle.Start(call.Region, cluster, availableAt, failure);
        if (!cluster.IsAurora && failure is null)
            MemberCreation.CreateAll(call, cluster, availableAt);
    }

    public static IEnumerable<XElement?> Answer(RdsCall call, DbCluster cluster) =>
        [ClusterXml.Describe(call.Region, cluster, call.Now)];

    /// <summary>A name for a new cluster that nothing has, nor is about to get.</summary>
    public static string NewName(RdsCall call, string parameter)
    {
        var id = RdsNames.Checked(parameter, call.Form.Required(parameter));
        return call.Region.Clusters.ContainsKey(id)
            || call.Region.Clusters.Values.Any(c => c.Pending.Exists(p => p.Name == "DBClusterIdentifier" && p.Value == id))
            ? throw RdsErrors.ClusterExists()
            : id;
    }

    public static void RefuseUnlessAvailable(DbCluster cluster)
    {
        if (!cluster.IsAvailable)
            throw RdsErrors.ClusterState($"DB cluster {cluster.Id} is not in available state: {cluster.Status}.");
    }
}
