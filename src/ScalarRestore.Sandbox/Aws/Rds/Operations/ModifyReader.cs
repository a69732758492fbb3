using System.Globalization;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Collects the changes that a modification asks for.</summary>
internal sealed class ModifyReader(RdsCall call, RdsDatabase database)
{
    private readonly bool _now = call.Form.Flag("ApplyImmediately") is true;
    private readonly List<Action> _atOnce = [];

    public List<PendingChange> Changes { get; } = [];

    public RdsForm Form => call.Form;

    /// <summary>A change that waits for the maintenance window unless it is to be applied immediately, and shows as pending.</summary>
    public void InWindow(string name, string value, Action apply, string status = "modifying") =>
        InWindow(name, value, _ => apply(), status);

    public void InWindow(string name, string value, Action<DateTimeOffset> apply, string status = "modifying") =>
        Changes.Add(new PendingChange(name, value, status, apply) { IsImmediate = _now });

    /// <summary>A change that is done soon in any case.</summary>
    public void Soon(string name, Action apply, string status = "modifying") => Soon(name, _ => apply(), status);

    public void Soon(string name, Action<DateTimeOffset> apply, string status = "modifying") =>
        Changes.Add(new PendingChange(name, Value: null, status, apply) { IsImmediate = true });

    /// <summary>A change that shows in the answer already and that no status tells of. It is made when nothing was refused.</summary>
    public void AtOnce(Action apply) => _atOnce.Add(apply);

    /// <summary>Parameters that instances and clusters share.</summary>
    public void ReadCommon()
    {
        var form = call.Form;
        var (isProtected, copiesTags, upgrades) =
            (form.Flag("DeletionProtection"), form.Flag("CopyTagsToSnapshot"), form.Flag("AutoMinorVersionUpgrade"));
        AtOnce(() =>
        {
            database.DeletionProtection = isProtected ?? database.DeletionProtection;
            database.CopyTagsToSnapshot = copiesTags ?? database.CopyTagsToSnapshot;
            database.AutoMinorVersionUpgrade = upgrades ?? database.AutoMinorVersionUpgrade;
            database.BackupWindow = form.Text("PreferredBackupWindow") ?? database.BackupWindow;
            database.MaintenanceWindow = form.Text("PreferredMaintenanceWindow") ?? database.MaintenanceWindow;
        });
        if (form.Has("BackupRetentionPeriod"))
        {
            var days = CommonParameters.Retention(form, 0);
            InWindow("BackupRetentionPeriod", Text(days), at => SetRetention(days, at));
        }

        if (form.Text("EngineVersion") is { } version && version != database.EngineVersion)
        {
            var checkedVersion = database.Engine.Version(version);
            InWindow("EngineVersion", version, () => database.EngineVersion = checkedVersion, "upgrading");
        }

        if (form.Flag("EnableIAMDatabaseAuthentication") is { } iam)
        {
            InWindow(
                "IAMDatabaseAuthenticationEnabled", iam ? "true" : "false", () => database.IamAuthentication = iam,
                "configuring-iam-database-auth");
        }

        if (form.Has("MonitoringInterval"))
        {
            var monitoring = CommonParameters.Monitoring(form);
            Soon(
                "MonitoringInterval", () => (database.MonitoringInterval, database.MonitoringRoleArn) = monitoring,
                "configuring-enhanced-monitoring");
        }

        if (form.Flag("EnablePerformanceInsights") is { } enables)
        {
            var insights = enables ? CommonParameters.Insights(call) : null;
            Soon("EnablePerformanceInsights", () => database.Insights = insights);
        }

        if (form.Text("DatabaseInsightsMode") is { } mode)
        {
            if (mode == "advanced" && database.Insights is null && form.Flag("EnablePerformanceInsights") is not true)
                throw RdsErrors.Combination("To use the advanced mode of Database Insights, enable Performance Insights.");

            Soon("DatabaseInsightsMode", () => database.InsightsMode = mode);
        }

        if (form.Structure("CloudwatchLogsExportConfiguration") is { } logs)
        {
            var on = CommonParameters.Logs(database, logs.List("EnableLogTypes")).ToArray();
            var off = logs.List("DisableLogTypes") ?? [];
            Soon(
                "CloudwatchLogsExportConfiguration", () =>
                {
                    database.LogExports.UnionWith(on);
                    database.LogExports.ExceptWith(off);
                }, "configuring-log-exports");
        }

        if (form.List("VpcSecurityGroupIds", "VpcSecurityGroupId") is { Count: > 0 } ids)
        {
            var groups = call.Region.FittingSecurityGroups(ids, database.SubnetGroup, database is DbCluster ? "DB cluster" : "DB instance");
            Soon("VpcSecurityGroupIds", () => database.SecurityGroups = groups);
        }

        if (CommonParameters.Domain(form) is { } domain)
            Soon("Domain", () => database.Domain = domain);

        if (form.Text("NetworkType") is { } network)
            Soon("NetworkType", () => database.NetworkType = network);

        ReadPassword();
    }

    /// <summary>Takes on what was read.</summary>
    public void Finish()
    {
        foreach (var apply in _atOnce)
            apply();

        // Applying immediately also applies what an earlier call left for the maintenance window.
        if (_now)
        {
            for (var i = 0; i < database.Pending.Count; i++)
                database.Pending[i] = database.Pending[i] with { IsImmediate = true };
        }

        if (Changes.Count > 0 || (_now && database.Pending.Count > 0))
            RdsLifecycle.Change(call.Region, database, call.Now, Changes);
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void ReadPassword()
    {
        var form = call.Form;
        var manages = form.Flag("ManageMasterUserPassword");
        var password = form.Text("MasterUserPassword");
        if (manages is true && password is not null)
            throw RdsErrors.Combination("You can't specify MasterUserPassword and ManageMasterUserPassword.");

        if (manages is false && database.Secret is not null && password is null)
            throw RdsErrors.Combination("You must specify MasterUserPassword to turn off the management of the master user password.");

        var region = call.Region;
        if (manages is true && database.Secret is null)
        {
            var key = form.Text("MasterUserSecretKmsKeyId");
            if (key is not null)
                region.RequireKey(key);

            Soon("ManageMasterUserPassword", at => RdsLifecycle.ManagePassword(region, database, at, key), "resetting-master-credentials");
        }

        if (password is null)
            return;

        if (database.Secret is not null && manages is not false)
            throw RdsErrors.Combination("You can't specify MasterUserPassword for an instance with a managed master user password.");

        InWindow(
            "MasterUserPassword", "****", () =>
            {
                database.MasterPassword = password;
                database.Secret = null;
                RdsLifecycle.ChangePassword(region, database);
            }, "resetting-master-credentials");
    }

    // Backups that were off leave nothing to be restored: the window begins anew.
    private void SetRetention(int days, DateTimeOffset at)
    {
        if (days == 0)
            database.RestorableFrom = null;

        if (database.BackupRetentionPeriod == 0 && days > 0)
            database.RestorableFrom = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() + 1);

        database.BackupRetentionPeriod = days;
    }
}
