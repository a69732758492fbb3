using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>RestoreDBClusterToPointInTime: a copy, or a clone.</summary>
internal static class ClusterRestore
{
    public static IEnumerable<XElement?> Run(RdsCall call)
    {
        var (region, form, now) = call;
        var id = ClusterOperations.NewName(call, "DBClusterIdentifier");
        CommonParameters.Refuse(
            form,
            "You can enable Performance Insights or set the Enhanced Monitoring interval only when restoring from a source Aurora Limitless DB cluster",
            "MonitoringInterval", "MonitoringRoleArn", "EnablePerformanceInsights", "PerformanceInsightsKMSKeyId",
            "PerformanceInsightsRetentionPeriod");
        var source = Source(call);
        if (source.Status == "creating")
            throw RdsErrors.ClusterState($"DB cluster {source.Id} is not in a state that can be restored from: {source.Status}.");

        var asOf = RestoreTime(call, source, out var isClone);
        region.RefuseTooManyClusters();
        var restored = ClusterReader.Read(
            call, id, new ClusterBasis(source.Engine, source.EngineVersion, source.AllocatedStorage, source.BackupRetentionPeriod)
            {
                Origin = source.Origin,
                MasterUsername = source.MasterUsername,
                MasterPassword = source.MasterPassword,
                DatabaseName = source.DatabaseName,
                KeyId = Key(call, source),
                CloneGroupId = isClone ? source.CloneGroupId : null,
                CharacterSet = source.CharacterSet,
            });
        restored.RestoredFrom = new RestoreOrigin(source.Id, asOf);
        CommonParameters.TagRestored(call, restored, source);
        foreach (var role in form.Structures("AssociatedRoles", "DBClusterAssociatedRole") ?? [])
            restored.Roles.Add(new AssociatedRole(role.Required("RoleArn"), role.Text("FeatureName")) { Status = "ACTIVE" });

        var settings = region.Settings;
        var time = region.Draw(isClone ? settings.CloneClusterSeconds : settings.RestoreClusterSeconds, "restore-cluster", source.Origin);
        ClusterOperations.Start(call, restored, now + time, RdsFailures.Wanted(region, id));
        RdsLifecycle.Make(region, restored, source);
        return ClusterOperations.Answer(call, restored);
    }

    private static DbCluster Source(RdsCall call)
    {
        var resource = call.Form.Text("SourceDbClusterResourceId");
        return call.Form.Text("SourceDBClusterIdentifier") is null && resource is not null
            ? call.Region.Clusters.Values.FirstOrDefault(c => c.ResourceId == resource) ?? throw RdsErrors.ClusterNotFound(resource)
            : call.Region.GetCluster(call.Form.Required("SourceDBClusterIdentifier"));
    }

    private static DateTimeOffset RestoreTime(RdsCall call, DbCluster source, out bool isClone)
    {
        var type = call.Form.Text("RestoreType") ?? "full-copy";
        isClone = type == "copy-on-write";
        if (!isClone)
            return type == "full-copy"
                ? CommonParameters.RestoreTime(call, source, "RestoreToTime")
                : throw RdsErrors.Value($"Invalid RestoreType: {type}. Valid values: full-copy, copy-on-write");

        if (!source.IsAurora)
            throw RdsErrors.Combination("copy-on-write is only supported for Aurora.");

        if (call.Form.Has("RestoreToTime"))
            throw RdsErrors.Combination("RestoreToTime can't be specified with the restore type copy-on-write.");

        // A clone is of now; it needs no backup.
        return call.Form.Flag("UseLatestRestorableTime") is true
            ? call.Now
            : throw RdsErrors.Combination("You must specify UseLatestRestorableTime with the restore type copy-on-write.");
    }

    private static string? Key(RdsCall call, DbCluster source)
    {
        if (source.KeyId is { } present)
            call.Region.RequireKey(present);

        // A key encrypts a copy of an unencrypted cluster, too, but nothing takes the encryption away.
        return call.Form.Text("KmsKeyId") is { } key ? call.Region.RequireKey(key) : source.KeyId;
    }
}
