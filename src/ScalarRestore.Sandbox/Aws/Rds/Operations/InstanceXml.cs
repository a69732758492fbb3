using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>The DBInstance of answers, and other forms that tell of an instance.</summary>
internal static class InstanceXml
{
    public static XElement Describe(RdsRegion region, DbInstance instance, DateTimeOffset now)
    {
        var cluster = instance.Cluster;
        var address = region.AddressOf(instance);
        RdsDatabase data = cluster is null ? instance : cluster;
        return RdsXml.Element(
            "DBInstance",
            RdsXml.Text("DBInstanceIdentifier", instance.Id),
            RdsXml.Text("DBInstanceClass", instance.Class),
            RdsXml.Text("Engine", instance.Engine.Name),
            RdsXml.Text("DBInstanceStatus", instance.Status),
            RdsXml.Text("MasterUsername", data.MasterUsername),
            RdsXml.Text("DBName", data.DatabaseName),
            instance.HasEndpoint
                ? RdsXml.Element(
                    "Endpoint",
                    RdsXml.Text("Address", address.Host),
                    RdsXml.Number("Port", address.Port),
                    RdsXml.Text("HostedZoneId", "Z24O6O9L7SGTNB"))
                : null,
            RdsXml.Number("AllocatedStorage", cluster is { IsAurora: true } ? 1 : data.AllocatedStorage),
            instance.Status == "creating" ? null : RdsXml.Time("InstanceCreateTime", instance.CreatedAt),
            RdsXml.Text("PreferredBackupWindow", data.BackupWindow),
            RdsXml.Number("BackupRetentionPeriod", data.BackupRetentionPeriod),
            RdsXml.List("DBSecurityGroups", []),
            CommonXml.SecurityGroups(data),
            RdsXml.List("DBParameterGroups", [RdsXml.Element(
                "DBParameterGroup",
                RdsXml.Text("DBParameterGroupName", instance.ParameterGroup),
                RdsXml.Text("ParameterApplyStatus", instance.ParameterStatus))]),
            RdsXml.Text("AvailabilityZone", instance.Zone),
            GroupXml.Subnets(instance.SubnetGroup),
            RdsXml.Text("PreferredMaintenanceWindow", instance.MaintenanceWindow),
            Pending(instance),
            cluster is null ? RdsXml.Time("LatestRestorableTime", region.Window(instance, now)?.Latest) : null,
            RdsXml.Flag("MultiAZ", instance.MultiAz),
            RdsXml.Text("EngineVersion", instance.EngineVersion),
            RdsXml.Flag("AutoMinorVersionUpgrade", instance.AutoMinorVersionUpgrade),
            RdsXml.List("ReadReplicaDBInstanceIdentifiers", []),
            RdsXml.Text("LicenseModel", instance.License),
            RdsXml.Number("Iops", data.Iops),
            RdsXml.List("OptionGroupMemberships", [RdsXml.Element(
                "OptionGroupMembership", RdsXml.Text("OptionGroupName", instance.OptionGroup), RdsXml.Text("Status", "in-sync"))]),
            RdsXml.Text("CharacterSetName", instance.CharacterSet),
            RdsXml.Text("SecondaryAvailabilityZone", instance.SecondaryZone),
            RdsXml.Flag("PubliclyAccessible", instance.PubliclyAccessible),
            RdsXml.Text("StorageType", data.StorageType),
            RdsXml.Number("DbInstancePort", 0),
            RdsXml.Text("DBClusterIdentifier", cluster?.Id),
            RdsXml.Flag("StorageEncrypted", data.KeyId is not null),
            RdsXml.Text("KmsKeyId", data.KeyId),
            RdsXml.Text("DbiResourceId", instance.ResourceId),
            RdsXml.Text("CACertificateIdentifier", instance.CertificateAuthority),
            CommonXml.Domain(data),
            RdsXml.Flag("CopyTagsToSnapshot", data.CopyTagsToSnapshot),
            CommonXml.Monitoring(instance),
            RdsXml.Number("PromotionTier", instance.PromotionTier),
            RdsXml.Text("DBInstanceArn", instance.Arn),
            RdsXml.Text("Timezone", instance.Timezone),
            RdsXml.Flag("IAMDatabaseAuthenticationEnabled", data.IamAuthentication),
            CommonXml.Logs(data),
            RdsXml.List("ProcessorFeatures", instance.ProcessorFeatures.Select(
                f => RdsXml.Element("ProcessorFeature", RdsXml.Text("Name", f.Key), RdsXml.Text("Value", f.Value)))),
            RdsXml.Flag("DeletionProtection", data.DeletionProtection && cluster is null),
            RdsXml.List("AssociatedRoles", instance.Roles.Select(r => CommonXml.Role("DBInstanceRole", r))),
            RdsXml.Number("MaxAllocatedStorage", instance.MaxAllocatedStorage),
            RdsXml.Tags("TagList", instance.Tags),
            RdsXml.Flag("CustomerOwnedIpEnabled", false),
            RdsXml.Text("ActivityStreamStatus", "stopped"),
            RdsXml.Text("BackupTarget", "region"),
            RdsXml.Text("NetworkType", data.NetworkType),
            RdsXml.Number("StorageThroughput", cluster is null ? instance.StorageThroughput ?? 0 : 0),
            CommonXml.Secret(instance),
            RdsXml.Element("CertificateDetails", RdsXml.Text("CAIdentifier", instance.CertificateAuthority)),
            RdsXml.Flag("DedicatedLogVolume", instance.DedicatedLogVolume),
            RdsXml.Text("EngineLifecycleSupport", data.LifecycleSupport));
    }

    public static XElement Backup(RdsRegion region, DbInstance instance, DateTimeOffset now)
    {
        var window = region.Window(instance, now);
        return RdsXml.Element(
            "DBInstanceAutomatedBackup",
            RdsXml.Text("DBInstanceArn", instance.Arn),
            RdsXml.Text("DbiResourceId", instance.ResourceId),
            RdsXml.Text("Region", region.Region),
            RdsXml.Text("DBInstanceIdentifier", instance.Id),
            RdsXml.Element("RestoreWindow", RdsXml.Time("EarliestTime", window?.Earliest), RdsXml.Time("LatestTime", window?.Latest)),
            RdsXml.Number("AllocatedStorage", instance.AllocatedStorage),
            RdsXml.Text("Status", instance.RetainedSince is not null ? "retained" : window is null ? "creating" : "active"),
            RdsXml.Number("Port", instance.Port),
            RdsXml.Text("AvailabilityZone", instance.Zone),
            RdsXml.Text("VpcId", instance.SubnetGroup.VpcId),
            RdsXml.Time("InstanceCreateTime", instance.CreatedAt),
            RdsXml.Text("MasterUsername", instance.MasterUsername),
            RdsXml.Text("Engine", instance.Engine.Name),
            RdsXml.Text("EngineVersion", instance.EngineVersion),
            RdsXml.Text("LicenseModel", instance.License),
            RdsXml.Number("Iops", instance.Iops),
            RdsXml.Text("OptionGroupName", instance.OptionGroup),
            RdsXml.Flag("Encrypted", instance.KeyId is not null),
            RdsXml.Text("StorageType", instance.StorageType),
            RdsXml.Text("KmsKeyId", instance.KeyId),
            RdsXml.Text("Timezone", instance.Timezone),
            RdsXml.Flag("IAMDatabaseAuthenticationEnabled", instance.IamAuthentication),
            RdsXml.Number("BackupRetentionPeriod", instance.BackupRetentionPeriod),
            RdsXml.Text("DBInstanceAutomatedBackupsArn", region.BackupArn(instance)),
            RdsXml.Text("BackupTarget", "region"),
            RdsXml.Number("StorageThroughput", instance.StorageThroughput),
            RdsXml.Text("PreferredBackupWindow", instance.BackupWindow),
            RdsXml.Tags("TagList", instance.Tags));
    }

    private static XElement Pending(DbInstance instance) => RdsXml.Element(
        "PendingModifiedValues",
        instance.Pending.Where(p => p.Value is not null).Select(p => RdsXml.Text(p.Name, p.Value)));
}
