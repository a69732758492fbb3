using System.Xml.Linq;

namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>
/// The settings of a DB instance. What RestoreDBInstanceToPointInTime takes is given to it; the rest is set by ModifyDBInstance afterwards.
/// (RDS User Guide, "Restoring a DB instance to a specified time"; RDS API reference, version 2014-10-31.)
/// </summary>
internal static class InstanceSettings
{
    private const string Directory = "directory";

    /// <summary>All of them.</summary>
    public static SettingTable Table { get; } = new(
    [
        RdsSetting.List("VpcSecurityGroupIds", "VpcSecurityGroupIds.VpcSecurityGroupId", r => Reading.List(r, "VpcSecurityGroups", "VpcSecurityGroupId")),
        new("DBSubnetGroupName", r => Reading.Text(r, "DBSubnetGroup", "DBSubnetGroupName")) { RestoreAs = "DBSubnetGroupName" },
        RdsSetting.Both("DBParameterGroupName", r => Reading.Items(r, "DBParameterGroups", "DBParameterGroupName").FirstOrDefault()),
        RdsSetting.Both("OptionGroupName", r => Reading.Items(r, "OptionGroupMemberships", "OptionGroupName").FirstOrDefault()),
        RdsSetting.Option("MultiAZ"),

        // With a standby the service chooses both zones.
        new("AvailabilityZone", r => Reading.Text(r, "AvailabilityZone")) { RestoreAs = "AvailabilityZone", RestoreIf = HasOneZone, CompareIf = HasOneZone },
        RdsSetting.Option("DeletionProtection"),
        RdsSetting.Option("CopyTagsToSnapshot"),
        RdsSetting.Option("EnableIAMDatabaseAuthentication", "IAMDatabaseAuthenticationEnabled"),
        RdsSetting.List("EnableCloudwatchLogsExports", "EnableCloudwatchLogsExports.member", r => Reading.List(r, "EnabledCloudwatchLogsExports")) with
        {
            ModifyAs = "CloudwatchLogsExportConfiguration.EnableLogTypes.member",
        },
        RdsSetting.Flag("PubliclyAccessible"),
        RdsSetting.Flag("AutoMinorVersionUpgrade"),
        RdsSetting.Both("MaxAllocatedStorage"),
        RdsSetting.Both("NetworkType"),
        RdsSetting.Both("CACertificateIdentifier"),
        RdsSetting.Option("DedicatedLogVolume"),
        new("EngineLifecycleSupport", r => Reading.Text(r, "EngineLifecycleSupport")) { RestoreAs = "EngineLifecycleSupport" },
        new("Port", r => Reading.Text(r, "Endpoint", "Port")) { RestoreAs = "Port", ModifyAs = "DBPortNumber" },
        RdsSetting.Both("DBInstanceClass"),
        RdsSetting.Both("PreferredBackupWindow"),
        RdsSetting.Both("StorageType"),
        RdsSetting.Both("Iops") with { RestoreIf = TakesIops, CompareIf = TakesIops },
        new(LargeVolume, r => IsLarge(Reading.Text(r, "Engine") ?? "", Reading.Number(Reading.Text(r, "AllocatedStorage")) ?? 0) ? "true" : null) { CompareIf = _ => false },
        RdsSetting.Both("StorageThroughput") with { RestoreIf = TakesThroughput, CompareIf = TakesThroughput },
        new("ProcessorFeatures", Processor) { IsList = true, IsPairs = true, RestoreAs = "ProcessorFeatures.ProcessorFeature", ModifyAs = "ProcessorFeatures.ProcessorFeature" },
        RdsSetting.Option("EnableCustomerOwnedIp", "CustomerOwnedIpEnabled"),

        // A directory that AWS manages is told by its id and role, any other by the rest.
        new("Domain", r => IsManaged(r) ? Domain(r, "Domain") : null) { RestoreAs = "Domain", ModifyAs = "Domain", Group = Directory },
        new("DomainIAMRoleName", r => IsManaged(r) ? Domain(r, "IAMRoleName") : null) { RestoreAs = "DomainIAMRoleName", ModifyAs = "DomainIAMRoleName", Group = Directory },
        new("DomainFqdn", r => IsManaged(r) ? null : Domain(r, "FQDN")) { RestoreAs = "DomainFqdn", ModifyAs = "DomainFqdn", Group = Directory },
        new("DomainOu", r => IsManaged(r) ? null : Domain(r, "OU")) { RestoreAs = "DomainOu", ModifyAs = "DomainOu", Group = Directory },
        new("DomainAuthSecretArn", r => IsManaged(r) ? null : Domain(r, "AuthSecretArn")) { RestoreAs = "DomainAuthSecretArn", ModifyAs = "DomainAuthSecretArn", Group = Directory },
        RdsSetting.List("DomainDnsIps", "DomainDnsIps.member", r => IsManaged(r) || Membership(r) is not { } membership ? null : Reading.List(membership, "DnsIps")) with { Group = Directory },

        // The restore keeps the source's; it is compared all the same.
        RdsSetting.Changed("BackupRetentionPeriod"),

        .. SharedSettings.Monitoring,
        .. SharedSettings.Insights,
        SharedSettings.InsightsMode,
        RdsSetting.Changed("PreferredMaintenanceWindow"),

        .. SharedSettings.Password,
    ]);

    // A mark among the settings: the volume is so large that gp3's figures can be chosen.
    private const string LargeVolume = "(large volume)";

    // Below these sizes gp3 has fixed figures, which descriptions show and restores refuse.
    private static bool TakesIops(IReadOnlyDictionary<string, string> source) =>
        source.GetValueOrDefault("StorageType") switch
        {
            "io1" or "io2" => true,
            "gp3" => source.ContainsKey(LargeVolume),
            _ => false,
        };

    private static bool TakesThroughput(IReadOnlyDictionary<string, string> source) => source.GetValueOrDefault("StorageType") == "gp3" && source.ContainsKey(LargeVolume);

    private static bool IsLarge(string engine, int gibibytes) =>
        engine.StartsWith("sqlserver", StringComparison.Ordinal) || gibibytes >= (engine.StartsWith("oracle", StringComparison.Ordinal) ? 200 : 400);

    private static bool HasOneZone(IReadOnlyDictionary<string, string> source) => source.GetValueOrDefault("MultiAZ") != "true";

    private static XElement? Membership(XElement instance) => instance.Element("DomainMemberships")?.Elements().FirstOrDefault();

    private static string? Domain(XElement instance, string part) => Reading.Text(Membership(instance), part);

    private static bool IsManaged(XElement instance) => Domain(instance, "IAMRoleName") is not null;

    private static string? Processor(XElement instance)
    {
        var features = (instance.Element("ProcessorFeatures")?.Elements() ?? [])
            .Select(feature => $"{Reading.Text(feature, "Name")}={Reading.Text(feature, "Value")}").Order(StringComparer.Ordinal).ToList();
        return features.Count > 0 ? string.Join(',', features) : null;
    }
}
