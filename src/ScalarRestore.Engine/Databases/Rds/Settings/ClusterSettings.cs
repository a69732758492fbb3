using System.Xml.Linq;

namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>
/// The settings of a DB cluster: of Aurora, and of RDS with two readable standbys. (Aurora User Guide, "Restoring a DB cluster to a specified
/// time"; RDS API reference, version 2014-10-31.) Aurora refuses a restore that is given monitoring or Performance Insights.
/// </summary>
internal static class ClusterSettings
{
    /// <summary>Whether the Data API is on: <c>true</c> or <c>false</c>.</summary>
    public const string HttpEndpoint = "HttpEndpointEnabled";

    private const string Directory = "directory";

    // Marks among the settings.
    private const string Engine = "(engine)";

    /// <summary>All of them.</summary>
    public static SettingTable Table { get; } = new(
    [
        new(Engine, r => Reading.Text(r, "Engine")) { CompareIf = _ => false },
        new("DBSubnetGroupName", r => Reading.Text(r, "DBSubnetGroup")) { RestoreAs = "DBSubnetGroupName" },
        RdsSetting.List("VpcSecurityGroupIds", "VpcSecurityGroupIds.VpcSecurityGroupId", r => Reading.List(r, "VpcSecurityGroups", "VpcSecurityGroupId")),
        RdsSetting.Both("DBClusterParameterGroupName", r => Reading.Text(r, "DBClusterParameterGroup")),
        RdsSetting.Both("Port"),
        RdsSetting.Option("EnableIAMDatabaseAuthentication", "IAMDatabaseAuthenticationEnabled"),
        RdsSetting.Option("DeletionProtection"),
        RdsSetting.Option("CopyTagsToSnapshot"),
        RdsSetting.List("EnableCloudwatchLogsExports", "EnableCloudwatchLogsExports.member", r => Reading.List(r, "EnabledCloudwatchLogsExports")) with
        {
            ModifyAs = "CloudwatchLogsExportConfiguration.EnableLogTypes.member",
        },
        RdsSetting.Both("BacktrackWindow", r => Reading.Text(r, "BacktrackWindow") is { } seconds && seconds != "0" ? seconds : null),
        RdsSetting.Both("StorageType"),
        Capacity("MinCapacity"),
        Capacity("MaxCapacity"),
        Capacity("SecondsUntilAutoPause"),
        RdsSetting.Both("NetworkType"),
        RdsSetting.Both("Domain", r => Membership(r, "Domain")) with { Group = Directory },
        RdsSetting.Both("DomainIAMRoleName", r => Membership(r, "IAMRoleName")) with { Group = Directory },
        new("EngineLifecycleSupport", r => Reading.Text(r, "EngineLifecycleSupport")) { RestoreAs = "EngineLifecycleSupport" },
        RdsSetting.Both("PreferredBackupWindow"),

        // The restore keeps the source's; it is compared all the same.
        RdsSetting.Changed("BackupRetentionPeriod"),

        // Aurora has these in its instances.
        RdsSetting.Both("DBClusterInstanceClass") with { RestoreIf = HasOwnInstances, CompareIf = HasOwnInstances },
        RdsSetting.Both("Iops") with { RestoreIf = HasOwnInstances, CompareIf = HasOwnInstances },
        new("PubliclyAccessible", r => Reading.Flag(r, "PubliclyAccessible")) { RestoreAs = "PubliclyAccessible", RestoreIf = HasOwnInstances, CompareIf = HasOwnInstances },
        RdsSetting.Changed("AutoMinorVersionUpgrade") with { CompareIf = HasOwnInstances },
        .. SharedSettings.Monitoring,

        .. SharedSettings.Insights,
        SharedSettings.InsightsMode,
        RdsSetting.Changed("PreferredMaintenanceWindow"),

        // The Data API has operations of its own.
        new(HttpEndpoint, r => Reading.Flag(r, HttpEndpoint)),
        RdsSetting.Changed("EnableLocalWriteForwarding", r => Reading.Text(r, "LocalWriteForwardingStatus") is "enabled" or "enabling" ? "true" : null),
        .. SharedSettings.Password,
    ]);

    /// <summary>Whether a cluster's instances are made with it: RDS with two readable standbys. Aurora's are made one by one.</summary>
    public static bool HasOwnInstances(string engine) => !engine.StartsWith("aurora", StringComparison.Ordinal);

    private static bool HasOwnInstances(IReadOnlyDictionary<string, string> source) => HasOwnInstances(source.GetValueOrDefault(Engine, "aurora"));

    private static string? Membership(XElement cluster, string part) => Reading.Text(cluster.Element("DomainMemberships")?.Elements().FirstOrDefault(), part);

    private static RdsSetting Capacity(string name) => new($"ServerlessV2ScalingConfiguration.{name}", r => Reading.Text(r, "ServerlessV2ScalingConfiguration", name))
    {
        RestoreAs = $"ServerlessV2ScalingConfiguration.{name}",
        ModifyAs = $"ServerlessV2ScalingConfiguration.{name}",
        Group = "serverless",
    };
}
