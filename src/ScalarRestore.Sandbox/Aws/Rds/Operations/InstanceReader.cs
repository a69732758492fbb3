using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>
/// Makes an instance from the parameters that creation and restore share. What is left out takes the default and not what a source may have:
/// that is what makes a careless restore differ from its source.
/// </summary>
internal static class InstanceReader
{
    public static DbInstance Read(RdsCall call, string id, InstanceBasis basis)
    {
        var (region, form, now) = call;
        var group = region.GetSubnetGroup(form.Text("DBSubnetGroupName") ?? "default");
        var isMultiAz = form.Flag("MultiAZ") ?? false;
        var (zone, secondary) = Zones(form, group, isMultiAz);
        var engine = basis.Engine;
        var instance = new DbInstance
        {
            Id = id,
            Arn = region.Arn("db", id),
            ResourceId = region.NewResourceId("db-"),
            CreatedAt = now,
            Origin = basis.Origin ?? id,
            Engine = engine,
            EngineVersion = basis.Version,
            Class = form.Text("DBInstanceClass") ?? basis.Class,
            MasterUsername = basis.MasterUsername,
            MasterPassword = basis.MasterPassword,
            DatabaseName = basis.DatabaseName,
            Port = form.Number("Port") ?? engine.Port,
            SubnetGroup = group,
            SecurityGroups = region.FittingSecurityGroups(form.List("VpcSecurityGroupIds", "VpcSecurityGroupId"), group, "DB instance"),
            ParameterGroup = region.FittingParameterGroup(form.Text("DBParameterGroupName"), engine, basis.Version, ofClusters: false),
            OptionGroup = region.FittingOptionGroup(form.Text("OptionGroupName"), engine, basis.Version),
            BackupRetentionPeriod = CommonParameters.Retention(form, basis.Retention),
            BackupWindow = form.Text("PreferredBackupWindow") ?? "17:00-17:30",
            MaintenanceWindow = basis.MaintenanceWindow ?? "sun:18:00-sun:18:30",
            KeyId = basis.KeyId,
            MultiAz = isMultiAz,
            Zone = zone,
            SecondaryZone = secondary,
            License = form.Text("LicenseModel") ?? basis.License,
            CharacterSet = basis.CharacterSet,
            Timezone = basis.Timezone,
            MaxAllocatedStorage = form.Number("MaxAllocatedStorage"),
            DedicatedLogVolume = form.Flag("DedicatedLogVolume") ?? false,
            PubliclyAccessible = form.Flag("PubliclyAccessible") ?? group.Name == "default",
        };
        CommonParameters.ReadInto(call, instance);
        StorageRules.Check(engine, basis.AllocatedStorage, form.Text("StorageType"), form.Number("Iops"), form.Number("StorageThroughput"))
            .Set(instance);
        foreach (var feature in form.Structures("ProcessorFeatures", "ProcessorFeature") ?? [])
            instance.ProcessorFeatures[feature.Required("Name")] = feature.Required("Value");

        return instance;
    }

    /// <summary>The zone, and the second one of a Multi-AZ instance.</summary>
    public static (string Zone, string? Secondary) Zones(RdsForm form, SubnetGroup group, bool isMultiAz)
    {
        var zones = group.Zones.ToArray();
        var asked = form.Text("AvailabilityZone");
        if (asked is not null && isMultiAz)
            throw RdsErrors.Combination("Requesting a specific availability zone is not valid for Multi-AZ instances.");

        if (asked is not null && !zones.Contains(asked, StringComparer.Ordinal))
            throw RdsErrors.Network(
                $"The DB subnet group {group.Name} has no subnet in the availability zone {asked}. It covers: {string.Join(", ", zones)}");

        return (asked ?? zones[0], isMultiAz ? zones[1] : null);
    }
}
