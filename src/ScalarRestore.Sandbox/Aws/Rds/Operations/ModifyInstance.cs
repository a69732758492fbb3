using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>ModifyDBInstance.</summary>
internal static class ModifyInstance
{
    public static IEnumerable<XElement?> Run(RdsCall call)
    {
        var (region, form, _) = call;
        var instance = region.GetInstance(form.Required("DBInstanceIdentifier"));
        InstanceOperations.RefuseUnlessAvailable(instance);
        if (instance.Cluster is not null)
            CommonParameters.Refuse(
                form, "DB instance is a member of a DB cluster. Modify {0} of the DB cluster instead.",
                "AllocatedStorage", "StorageType", "Iops",
                "StorageThroughput", "MaxAllocatedStorage", "MasterUserPassword", "ManageMasterUserPassword", "VpcSecurityGroupIds",
                "BackupRetentionPeriod", "PreferredBackupWindow", "DBPortNumber", "DeletionProtection", "EnableIAMDatabaseAuthentication",
                "CloudwatchLogsExportConfiguration", "MultiAZ", "Domain");

        var reader = new ModifyReader(call, instance);
        ReadClass(reader, instance);
        ReadStorage(reader, instance);
        ReadPlace(reader, instance, region);
        ReadGroups(reader, instance, region);
        ReadRest(reader, instance);
        if (form.Text("NewDBInstanceIdentifier") is not null)
        {
            var name = InstanceOperations.NewName(call, "NewDBInstanceIdentifier");
            reader.InWindow("DBInstanceIdentifier", name, at => Rename(region, instance, name, at), "renaming");
        }

        reader.ReadCommon();
        reader.Finish();
        return InstanceOperations.Answer(call, instance);
    }

    private static void ReadClass(ModifyReader reader, DbInstance instance)
    {
        if (reader.Form.Text("DBInstanceClass") is not { } wanted)
            return;

        if (wanted == "db.serverless" && instance.Cluster?.Serverless is null)
            throw RdsErrors.Combination("Set the Serverless v2 scaling configuration on the parent DB cluster first.");

        reader.InWindow("DBInstanceClass", wanted, () => instance.Class = wanted);
    }

    private static void ReadStorage(ModifyReader reader, DbInstance instance)
    {
        var form = reader.Form;
        var storage = form.Number("AllocatedStorage");
        var type = form.Text("StorageType");
        var iops = form.Number("Iops");
        var throughput = form.Number("StorageThroughput");
        if ((storage, type, iops, throughput) is (null, null, null, null))
            return;

        StorageRules.RefuseGrowth(instance.AllocatedStorage, storage ?? instance.AllocatedStorage);
        var wanted = StorageRules.Check(
            instance.Engine, storage ?? instance.AllocatedStorage, type ?? instance.StorageType, iops, throughput);
        void Apply() => wanted.Set(instance);

        if (storage is { } size)
            reader.InWindow("AllocatedStorage", ModifyReader.Text(size), Apply);

        if (type is not null)
            reader.InWindow("StorageType", type, Apply);

        if (iops is { } rate)
            reader.InWindow("Iops", ModifyReader.Text(rate), Apply);

        if (throughput is { } speed)
            reader.InWindow("StorageThroughput", ModifyReader.Text(speed), Apply);
    }

    private static void ReadPlace(ModifyReader reader, DbInstance instance, RdsRegion region)
    {
        var form = reader.Form;
        if (form.Number("DBPortNumber") is { } port)
            reader.InWindow("Port", ModifyReader.Text(port), () =>
            {
                instance.Port = port;
                RdsLifecycle.Reopen(region, instance, instance.Id);
            });

        if (form.Flag("MultiAZ") is { } isMultiAz)
        {
            reader.InWindow("MultiAZ", isMultiAz ? "true" : "false", () =>
            {
                instance.MultiAz = isMultiAz;
                instance.SecondaryZone = isMultiAz ? instance.SubnetGroup.Zones.FirstOrDefault(z => z != instance.Zone) : null;
            });
        }

        if (form.Text("DBSubnetGroupName") is { } name && region.GetSubnetGroup(name) is var group && group != instance.SubnetGroup)
            reader.InWindow("DBSubnetGroupName", group.Name, () => instance.SubnetGroup = group, "moving-to-vpc");

        if (form.Flag("PubliclyAccessible") is { } isPublic)
            reader.Soon("PubliclyAccessible", () => instance.PubliclyAccessible = isPublic);
    }

    private static void ReadGroups(ModifyReader reader, DbInstance instance, RdsRegion region)
    {
        var form = reader.Form;
        if (form.Text("DBParameterGroupName") is { } parameters)
        {
            var name = region.FittingParameterGroup(parameters, instance.Engine, instance.EngineVersion, ofClusters: false);
            if (name != instance.ParameterGroup)
            {
                // The parameters that are not dynamic wait for a reboot.
                reader.Soon("DBParameterGroupName", () => (instance.ParameterGroup, instance.ParameterStatus) = (name, "pending-reboot"));
            }
        }

        if (form.Text("OptionGroupName") is { } options)
        {
            var name = region.FittingOptionGroup(options, instance.Engine, instance.EngineVersion);
            reader.Soon("OptionGroupName", () => instance.OptionGroup = name);
        }
    }

    private static void ReadRest(ModifyReader reader, DbInstance instance)
    {
        var form = reader.Form;
        if (form.Number("PromotionTier") is { } tier)
            reader.AtOnce(() => instance.PromotionTier = tier);

        if (form.Number("MaxAllocatedStorage") is { } max)
            reader.Soon("MaxAllocatedStorage", () => instance.MaxAllocatedStorage = max > instance.AllocatedStorage ? max : null);

        if (form.Text("CACertificateIdentifier") is { } authority)
            reader.InWindow("CACertificateIdentifier", authority, () => instance.CertificateAuthority = authority);

        if (form.Text("LicenseModel") is { } license)
            reader.InWindow("LicenseModel", license, () => instance.License = license);

        if (form.Flag("DedicatedLogVolume") is { } hasLogVolume)
            reader.InWindow("DedicatedLogVolume", hasLogVolume ? "true" : "false", () => instance.DedicatedLogVolume = hasLogVolume);

        if (form.Structures("ProcessorFeatures", "ProcessorFeature") is { } features)
        {
            var wanted = features.ToDictionary(f => f.Required("Name"), f => f.Required("Value"), StringComparer.Ordinal);
            reader.Soon("ProcessorFeatures", () =>
            {
                instance.ProcessorFeatures.Clear();
                foreach (var (name, value) in wanted)
                    instance.ProcessorFeatures[name] = value;
            });
        }
    }

    private static void Rename(RdsRegion region, DbInstance instance, string name, DateTimeOffset at)
    {
        var old = instance.Id;
        region.Instances.Remove(old);
        instance.Id = name;
        instance.Arn = region.Arn("db", name);
        region.Instances.Add(name, instance);
        region.Tell(instance, at, "configuration change", $"Renamed DB instance from {old} to {name}");
        foreach (var endpoint in region.Endpoints.Values.Where(e => e.Cluster == instance.Cluster))
        {
            Replace(endpoint.StaticMembers);
            Replace(endpoint.ExcludedMembers);
        }

        if (instance.Cluster is null)
            RdsLifecycle.Reopen(region, instance, old);

        void Replace(List<string> members)
        {
            var place = members.IndexOf(old);
            if (place >= 0)
                members[place] = name;
        }
    }
}
