namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>
/// The settings of an Aurora cluster's instance. All of them are given to CreateDBInstance; storage, network, backups and the master user are
/// the cluster's, and refused there.
/// </summary>
internal static class MemberSettings
{
    /// <summary>All of them.</summary>
    public static SettingTable Table { get; } = new(
    [
        RdsSetting.Both("DBInstanceClass"),
        RdsSetting.Both("DBParameterGroupName", r => Reading.Items(r, "DBParameterGroups", "DBParameterGroupName").FirstOrDefault()),
        RdsSetting.Both("PromotionTier"),
        new("AvailabilityZone", r => Reading.Text(r, "AvailabilityZone")) { RestoreAs = "AvailabilityZone" },
        RdsSetting.Flag("PubliclyAccessible"),
        RdsSetting.Flag("AutoMinorVersionUpgrade"),
        .. SharedSettings.Monitoring.Concat(SharedSettings.Insights).Select(setting => setting with { RestoreAs = setting.Name }),
        RdsSetting.Both("CACertificateIdentifier"),
        RdsSetting.Both("PreferredMaintenanceWindow"),
    ]);
}
