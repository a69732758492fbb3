using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>RestoreDBInstanceToPointInTime.</summary>
internal static class InstanceRestore
{
    public static IEnumerable<XElement?> Run(RdsCall call)
    {
        var (region, form, now) = call;
        var target = InstanceOperations.NewName(call, "TargetDBInstanceIdentifier");
        var source = Source(call);
        if (source.Cluster is not null)
            throw RdsErrors.Combination(
                $"The source DB instance {source.Id} is a member of a DB cluster. Use RestoreDBClusterToPointInTime to restore the cluster.");

        if (source.Status == "creating")
            throw RdsErrors.InstanceState($"DB instance {source.Id} is not in a state that can be restored from: {source.Status}.");

        if (source.BackupRetentionPeriod == 0)
            throw new AwsException(
                "PointInTimeRestoreNotEnabled",
                $"Point in time restore is not enabled for the DB instance {source.Id}: its backup retention period is 0.");

        var asOf = CommonParameters.RestoreTime(call, source, "RestoreTime");
        if (form.Has("DBName") && source.Engine.Name is "mysql" or "mariadb" or "postgres")
            throw RdsErrors.Combination("DBName must be null when Restoring for this Engine.");

        if (form.Text("Engine") is { } engine && RdsEngine.Get(engine) != source.Engine)
            throw RdsErrors.Combination($"The engine {engine} is not compatible with the source's engine {source.Engine.Name}.");

        if (form.Flag("ManageMasterUserPassword") is true && !source.Engine.IsOracle)
            throw RdsErrors.Combination("ManageMasterUserPassword is not supported when restoring this engine.");

        var storage = form.Number("AllocatedStorage") ?? source.AllocatedStorage;
        StorageRules.RefuseGrowth(source.AllocatedStorage, storage);
        region.RefuseTooManyInstances(1, storage);
        if (source.KeyId is { } key)
            region.RequireKey(key);

        // The maintenance window does not come along, nor does anything that is not in here.
        var restored = InstanceReader.Read(
            call, target, new InstanceBasis(
                source.Engine, source.EngineVersion, source.Class, source.License, storage, source.BackupRetentionPeriod)
            {
                Origin = source.Origin,
                MasterUsername = source.MasterUsername,
                MasterPassword = source.MasterPassword,
                DatabaseName = form.Text("DBName") ?? source.DatabaseName,
                KeyId = source.KeyId,
                CharacterSet = source.CharacterSet,
                Timezone = source.Timezone,
            });
        restored.RestoredFrom = new RestoreOrigin(source.Id, asOf);
        if (region.Settings.RestoredParametersPendReboot && form.Has("DBParameterGroupName"))
            restored.ParameterStatus = "pending-reboot";

        CommonParameters.TagRestored(call, restored, source);
        var failure = RdsFailures.Wanted(region, target);
        if (form.Flag("ManageMasterUserPassword") is true)
            RdsLifecycle.ManagePassword(region, restored, now, form.Text("MasterUserSecretKmsKeyId"));

        RdsLifecycle.Start(region, restored, now, region.Settings.RestoreInstanceSeconds, failure);
        RdsLifecycle.Make(region, restored, source);
        return InstanceOperations.Answer(call, restored);
    }

    private static DbInstance Source(RdsCall call)
    {
        var (region, form, _) = call;
        var all = region.Instances.Values.Concat(region.Retained.Values);
        var sources = (form.Text("SourceDBInstanceIdentifier"), form.Text("SourceDbiResourceId"),
            form.Text("SourceDBInstanceAutomatedBackupsArn"));
        return sources switch
        {
            ({ } name, null, null) => region.GetInstance(name),
            (null, { } resource, null) => all.FirstOrDefault(i => i.ResourceId == resource) ?? throw RdsErrors.InstanceNotFound(resource),
            (null, null, { } arn) => all.FirstOrDefault(i => region.BackupArn(i) == arn)
                ?? throw new AwsException("DBInstanceAutomatedBackupNotFound", $"DBInstanceAutomatedBackup not found: {arn}", 404),
            (null, null, null) => throw new AwsException(
                "MissingParameter", "The request must contain the parameter SourceDBInstanceIdentifier."),
            _ => throw RdsErrors.Combination(
                "You can specify only one of SourceDBInstanceIdentifier, SourceDbiResourceId and SourceDBInstanceAutomatedBackupsArn."),
        };
    }
}
