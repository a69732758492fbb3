using System.Globalization;
using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Making, describing, rebooting and deleting instances.</summary>
internal static class InstanceOperations
{
    private static readonly Dictionary<string, Func<DbInstance, string?>> Filters = new(StringComparer.Ordinal)
    {
        ["db-instance-id"] = i => i.Id,
        ["db-cluster-id"] = i => i.Cluster?.Id,
        ["dbi-resource-id"] = i => i.ResourceId,
        ["domain"] = i => i.Domain?.Domain,
        ["engine"] = i => i.Engine.Name,
    };

    private static readonly Dictionary<string, Func<DbInstance, string?>> BackupFilters = new(StringComparer.Ordinal)
    {
        ["db-instance-id"] = i => i.Id,
        ["dbi-resource-id"] = i => i.ResourceId,
        ["status"] = i => i.RetainedSince is null ? "active" : "retained",
    };

    public static IEnumerable<XElement?> Create(RdsCall call)
    {
        var (region, form, now) = call;
        var id = NewName(call, "DBInstanceIdentifier");
        if (form.Has("DBClusterIdentifier"))
            return Answer(call, MemberCreation.Create(call, id));

        var engine = RdsEngine.Get(form.Required("Engine"));
        if (engine.IsAurora)
            throw RdsErrors.Combination($"The engine {engine.Name} needs a DB cluster: DBClusterIdentifier is missing.");

        var storage = form.Number("AllocatedStorage")
            ?? throw RdsErrors.Value("The parameter AllocatedStorage must be provided and must not be blank.");
        if (storage < 5)
            throw RdsErrors.Value(
                string.Create(CultureInfo.InvariantCulture, $"Invalid storage size for engine name {engine.Name}: {storage}"));

        region.RefuseTooManyInstances(1, storage);
        var version = engine.Version(form.Text("EngineVersion"));
        var basis = new InstanceBasis(engine, version, form.Required("DBInstanceClass"), engine.License, storage, Retention: 1)
        {
            MasterUsername = MasterUser(form),
            MasterPassword = form.Text("MasterUserPassword"),
            DatabaseName = form.Text("DBName"),
            KeyId = Key(call),
            MaintenanceWindow = form.Text("PreferredMaintenanceWindow"),
            CharacterSet = form.Text("CharacterSetName"),
            Timezone = form.Text("Timezone"),
        };
        var instance = InstanceReader.Read(call, id, basis);
        CommonParameters.ReadMonitoringInto(call, instance);
        CommonParameters.Tag(instance.Tags, form.Tags() ?? []);
        if (form.Flag("ManageMasterUserPassword") is true)
            RdsLifecycle.ManagePassword(region, instance, now, form.Text("MasterUserSecretKmsKeyId"));

        RdsLifecycle.Start(region, instance, now, region.Settings.CreateInstanceSeconds, failure: null);
        RdsLifecycle.Make(region, instance);
        return Answer(call, instance);
    }

    public static IEnumerable<XElement?> Describe(RdsCall call)
    {
        var (region, form, now) = call;
        IEnumerable<DbInstance> all = form.Text("DBInstanceIdentifier") switch
        {
            null => region.Instances.Values,

            // A resource id does here, too.
            var id when id.StartsWith("db-", StringComparison.Ordinal) && region.FindInstance(id) is null
                && region.Instances.Values.FirstOrDefault(i => i.ResourceId == id) is { } byResourceId => [byResourceId],
            var id => [region.GetInstance(id)],
        };
        return Paging.Page(
            call, "DBInstances", Filtering.Where(call, all, Filters), i => i.Id, i => InstanceXml.Describe(region, i, now));
    }

    public static IEnumerable<XElement?> DescribeBackups(RdsCall call)
    {
        var (region, form, now) = call;
        var id = form.Text("DBInstanceIdentifier") is { } name ? RdsNames.Plain(name) : null;
        var resource = form.Text("DbiResourceId");
        var arn = form.Text("DBInstanceAutomatedBackupsArn");
        var all = region.Instances.Values.Where(i => i.Cluster is null && i.BackupRetentionPeriod > 0)
            .Concat(region.Retained.Values)
            .Where(i => (id is null || i.Id == id) && (resource is null || i.ResourceId == resource)
                && (arn is null || region.BackupArn(i) == arn))
            .ToArray();
        if (all.Length == 0 && (id ?? resource ?? arn) is { } missing)
            throw new AwsException("DBInstanceAutomatedBackupNotFound", $"DBInstanceAutomatedBackup not found: {missing}", 404);

        return Paging.Page(
            call, "DBInstanceAutomatedBackups", Filtering.Where(call, all, BackupFilters), i => $"{i.Id}/{i.ResourceId}",
            i => InstanceXml.Backup(region, i, now));
    }

    public static IEnumerable<XElement?> Reboot(RdsCall call)
    {
        var instance = call.Region.GetInstance(call.Form.Required("DBInstanceIdentifier"));
        RefuseUnlessAvailable(instance);
        if (call.Form.Flag("ForceFailover") is true && !instance.MultiAz)
            throw RdsErrors.Combination("ForceFailover cannot be specified since the instance is not configured for Multi-AZ.");

        RdsLifecycle.Reboot(call.Region, instance, call.Now);
        return Answer(call, instance);
    }

    public static IEnumerable<XElement?> Delete(RdsCall call)
    {
        var (region, form, now) = call;
        var instance = region.GetInstance(form.Required("DBInstanceIdentifier"));
        if (instance.Status == "deleting")
            throw RdsErrors.InstanceState($"Instance {instance.Id} is already being deleted.");

        if (instance.DeletionProtection)
            throw RdsErrors.Combination("Cannot delete protected DB Instance, please disable deletion protection and try again.");

        if (instance.Cluster is { InstanceClass: not null })
            throw RdsErrors.InstanceState($"DB instance {instance.Id} is part of a Multi-AZ DB cluster: delete the cluster.");

        RefuseUnclearSnapshot(form, isMember: instance.Cluster is not null);
        RdsLifecycle.Delete(region, instance, now, keepBackups: form.Flag("DeleteAutomatedBackups") is false);
        return Answer(call, instance);
    }

    public static IEnumerable<XElement?> Answer(RdsCall call, DbInstance instance) =>
        [InstanceXml.Describe(call.Region, instance, call.Now)];

    /// <summary>A name for a new instance that nothing has, nor is about to get.</summary>
    public static string NewName(RdsCall call, string parameter)
    {
        var id = RdsNames.Checked(parameter, call.Form.Required(parameter));
        return call.Region.Instances.ContainsKey(id)
            || call.Region.Instances.Values.Any(i => i.Pending.Exists(p => p.Name == "DBInstanceIdentifier" && p.Value == id))
            ? throw RdsErrors.InstanceExists()
            : id;
    }

    public static void RefuseUnlessAvailable(DbInstance instance)
    {
        if (!instance.IsAvailable)
            throw RdsErrors.InstanceState(
                $"Database instance is not in available state. Instance {instance.Id} has the status {instance.Status}.");
    }

    /// <summary>The master user of a new database, whose password must come from somewhere.</summary>
    public static string MasterUser(RdsForm form)
    {
        var isManaged = form.Flag("ManageMasterUserPassword") is true;
        var password = form.Text("MasterUserPassword");
        if (form.Text("MasterUsername") is not { Length: > 0 } user)
            throw RdsErrors.Value("The parameter MasterUsername must be provided and must not be blank.");

        if (isManaged && password is not null)
            throw RdsErrors.Combination("You can't specify MasterUserPassword and ManageMasterUserPassword.");

        return isManaged || password is { Length: >= 8 }
            ? user
            : throw RdsErrors.Value("The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.");
    }

    /// <summary>The key of a new database; null where it is not encrypted.</summary>
    public static string? Key(RdsCall call)
    {
        var key = call.Form.Text("KmsKeyId");
        if (call.Form.Flag("StorageEncrypted") is true)
            return call.Region.RequireKey(key ?? call.Region.DefaultKey);

        return key is null ? null : throw RdsErrors.Combination("KmsKeyId can't be specified without StorageEncrypted.");
    }

    public static void RefuseUnclearSnapshot(RdsForm form, bool isMember)
    {
        var skips = form.Flag("SkipFinalSnapshot") is true;
        var snapshot = form.Text("FinalDBSnapshotIdentifier");
        if (skips && snapshot is not null)
            throw RdsErrors.Combination("FinalDBSnapshotIdentifier cannot be specified when SkipFinalSnapshot is specified.");

        if (!skips && snapshot is null && !isMember)
            throw RdsErrors.Combination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }
}
