using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Parameters that many operations read in the same way.</summary>
internal static class CommonParameters
{
    private static readonly int[] MonitoringIntervals = [0, 1, 5, 10, 15, 30, 60];

    /// <summary>The switches and settings that take their default where they are left out, in creation and in restore alike.</summary>
    public static void ReadInto(RdsCall call, RdsDatabase database)
    {
        var form = call.Form;
        database.DeletionProtection = form.Flag("DeletionProtection") ?? false;
        database.CopyTagsToSnapshot = form.Flag("CopyTagsToSnapshot") ?? false;
        database.IamAuthentication = form.Flag("EnableIAMDatabaseAuthentication") ?? false;
        database.AutoMinorVersionUpgrade = form.Flag("AutoMinorVersionUpgrade") ?? true;
        database.NetworkType = form.Text("NetworkType") ?? "IPV4";
        database.LifecycleSupport = form.Text("EngineLifecycleSupport") ?? "open-source-rds-extended-support";
        database.CertificateAuthority = form.Text("CACertificateIdentifier") ?? "rds-ca-rsa2048-g1";
        database.Domain = Domain(form);
        database.LogExports.UnionWith(Logs(database, form.List("EnableCloudwatchLogsExports")));
    }

    /// <summary>Monitoring and Performance Insights: of a creation, not of a restore.</summary>
    public static void ReadMonitoringInto(RdsCall call, RdsDatabase database)
    {
        (database.MonitoringInterval, database.MonitoringRoleArn) = Monitoring(call.Form);
        database.InsightsMode = call.Form.Text("DatabaseInsightsMode") ?? "standard";
        if (call.Form.Flag("EnablePerformanceInsights") is true)
            database.Insights = Insights(call);
    }

    public static PerformanceInsights Insights(RdsCall call) => new(
        call.Form.Text("PerformanceInsightsKMSKeyId") is { } key ? call.Region.RequireKey(key) : call.Region.DefaultKey,
        call.Form.Number("PerformanceInsightsRetentionPeriod") ?? 7);

    public static (int Interval, string? RoleArn) Monitoring(RdsForm form)
    {
        var interval = form.Number("MonitoringInterval") ?? 0;
        if (!MonitoringIntervals.Contains(interval))
            throw RdsErrors.Value("Invalid MonitoringInterval. Valid values: 0, 1, 5, 10, 15, 30, 60");

        var role = form.Text("MonitoringRoleArn");
        return interval > 0 && role is null
            ? throw RdsErrors.Combination(
                "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.")
            : (interval, interval > 0 ? role : null);
    }

    public static IEnumerable<string> Logs(RdsDatabase database, IReadOnlyList<string>? logs)
    {
        string[] known = database.Engine.Name switch
        {
            "mysql" or "mariadb" => ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
            "aurora-mysql" => ["audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"],
            "postgres" => ["postgresql", "upgrade", "iam-db-auth-error"],
            "aurora-postgresql" => ["postgresql", "instance", "iam-db-auth-error"],
            _ => database.Engine.IsOracle ? ["alert", "audit", "listener", "trace", "oemagent"] : ["agent", "error"],
        };
        foreach (var log in logs ?? [])
        {
            if (!known.Contains(log, StringComparer.Ordinal))
                throw RdsErrors.Combination(
                    $"You cannot use the log types '{log}' with engine version {database.Engine.Name} {database.EngineVersion}. For supported log types, see the documentation.");
        }

        return logs ?? [];
    }

    public static void Tag(IDictionary<string, string> tags, IEnumerable<KeyValuePair<string, string>> added)
    {
        var all = new Dictionary<string, string>(tags, StringComparer.Ordinal);
        foreach (var (key, value) in added)
        {
            all[key] = !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
                ? value
                : throw RdsErrors.Value($"Tag keys that start with aws: are reserved for AWS: {key}");
        }

        if (all.Count > 50)
            throw RdsErrors.Value("A resource can have no more than 50 tags.");

        foreach (var (key, value) in all)
            tags[key] = value;
    }

    /// <summary>The tags of a restored database: those given and no others, or else the source's.</summary>
    public static void TagRestored(RdsCall call, RdsDatabase restored, RdsDatabase source)
    {
        if (call.Form.Tags() is { Count: > 0 } given)
            Tag(restored.Tags, given);
        else
            Tag(restored.Tags, source.Tags.Where(t => !t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)));
    }

    public static int Retention(RdsForm form, int otherwise) =>
        (form.Number("BackupRetentionPeriod") ?? otherwise) is var days and >= 0 and <= 35
        ? days
        : throw RdsErrors.Value("Invalid backup retention period. Must be between 0 and 35");

    /// <summary>The instant that a restore asks for, inside the window.</summary>
    public static DateTimeOffset RestoreTime(RdsCall call, RdsDatabase source, string parameter)
    {
        var asked = call.Form.Time(parameter);
        var useLatest = call.Form.Flag("UseLatestRestorableTime") is true;
        if (asked is not null && useLatest)
            throw RdsErrors.Combination($"You can't specify both {parameter} and UseLatestRestorableTime.");

        if (asked is null && !useLatest)
            throw RdsErrors.Combination($"You must specify either {parameter} or UseLatestRestorableTime.");

        if (call.Region.Window(source, call.Now) is not { } window)
            throw RdsErrors.Restore($"{source.Id} has no restorable time yet: its first backup is not finished.");

        if (asked < window.Earliest || asked > window.Latest)
            throw RdsErrors.Restore(
                $"Cannot restore {source.Id} to {RdsXml.Text(asked.Value)}: the restore time must be between the earliest restorable time {RdsXml.Text(window.Earliest)} and the latest restorable time {RdsXml.Text(window.Latest)}.");

        return asked ?? window.Latest;
    }

    public static DomainMembership? Domain(RdsForm form) => form.Has("Domain") || form.Has("DomainFqdn")
        ? new DomainMembership(
            form.Text("Domain"), form.Text("DomainIAMRoleName"), form.Text("DomainFqdn"), form.Text("DomainOu"),
            form.Text("DomainAuthSecretArn"), form.List("DomainDnsIps") ?? [])
        : null;

    /// <summary>Refuses parameters that are out of place here.</summary>
    public static void Refuse(RdsForm form, string message, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (form.Has(name))
                throw RdsErrors.Combination(message.Replace("{0}", name, StringComparison.Ordinal));
        }
    }
}
