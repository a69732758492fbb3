using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>
/// Ensures that what a restore does not take is set again: monitoring, insights, maintenance window, managed password, roles. What the service
/// refuses is told and left; a restored database with a window at another hour is better than none.
/// </summary>
internal sealed class ReapplyHandler(string kind, AccountClients clients, RdsTimings timings) : RdsHandler<RestoreSettingsInput>(kind, clients, timings)
{
    private const int MostTries = 3;

    /// <summary>What is pending for longer waits for the maintenance window or a reboot, and not for us.</summary>
    private static readonly TimeSpan LongestPending = TimeSpan.FromMinutes(20);

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(RdsStep<RestoreSettingsInput> step, CancellationToken cancellationToken)
    {
        var progress = new Progress();
        await step.Context.Poller.UntilAsync(
            Wait(step, $"{step.What} to have its settings again", step.Input.Target),
            token => ChangeAsync(step, progress, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        foreach (var refused in progress.Refused.Values)
            step.Context.Warn($"{step.Input.Target}: AWS did not take back {refused}");

        return new ReappliedSettings([.. progress.Refused.Values]);
    }

    private async Task<Observation<bool>> ChangeAsync(RdsStep<RestoreSettingsInput> step, Progress progress, CancellationToken cancellationToken)
    {
        // The last step looks several times; a change that is refused because another is under way comes again.
        var look = await LookAsync(step, step.Input.Target, step.IsCluster, looks: 1, RdsStatus.IsAvailable, cancellationToken).ConfigureAwait(false);
        if (!look.Done)
            return new Observation<bool>(Done: false, look.Status, Value: false);

        if (!IsOurs(step, look.Value))
            throw RdsFaults.NameTaken(step.What, step.Input.Source.Place);

        // Changes that were taken on are not made yet while they are pending.
        var now = step.Context.Poller.Clock.GetUtcNow();
        if (look.Value.Element("PendingModifiedValues") is { HasElements: true } && now - (progress.PendingSince ??= now) < LongestPending)
            return new Observation<bool>(Done: false, "modifying", Value: false);

        var table = step.IsCluster ? ClusterSettings.Table : InstanceSettings.Table;
        if (NextChange(table, step.Input.Settings, table.Read(look.Value), progress) is { } group)
        {
            await TryAsync(progress, group.Name, step, () => ModifyAsync(step, group.Parameters, cancellationToken)).ConfigureAwait(false);
            return new Observation<bool>(Done: false, group.Name == "settings" ? "putting settings back" : $"putting {group.Name} back", Value: false);
        }

        if (MissingRole(look.Value, step.Input.Roles, progress) is { } role)
        {
            await TryAsync(progress, role.Arn, step, () => step.Service.AddRoleAsync(step.Input.Target, step.IsCluster, role.Arn, role.Feature, cancellationToken)).ConfigureAwait(false);
            return new Observation<bool>(Done: false, $"adding role {role.Arn}", Value: false);
        }

        if (step.IsCluster && Lacks(step, look.Value, ClusterSettings.HttpEndpoint) && progress.MayTry(ClusterSettings.HttpEndpoint))
        {
            await TryAsync(progress, ClusterSettings.HttpEndpoint, step, () => step.Service.EnableHttpEndpointAsync(Made(look.Value, isCluster: true).Arn, cancellationToken)).ConfigureAwait(false);
            return new Observation<bool>(Done: false, "switching the Data API on", Value: false);
        }

        return new Observation<bool>(Done: true, "available", Value: true);
    }

    private static bool Lacks(RdsStep<RestoreSettingsInput> step, XElement cluster, string flag) =>
        step.Input.Settings.GetValueOrDefault(flag) == "true" && Reading.Flag(cluster, flag) != "true";

    /// <summary>
    /// All that is different at first, in one call; what is different after that, each by itself, so that one refused setting keeps back no other.
    /// </summary>
    private static (string Name, QueryParameters Parameters)? NextChange(
        SettingTable table, IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string> now, Progress progress)
    {
        var all = table.Change(source, now);
        if (all.Count == 0)
            return null;

        if (progress.Tries("settings") == 0)
            return ("settings", all);

        foreach (var (setting, _, _) in table.Differences(source, now).Where(difference => difference.Setting.ModifyAs is not null && source.ContainsKey(difference.Setting.Name)))
        {
            var name = setting.Group ?? setting.Name;
            var only = new SettingTable([.. table.Settings.Where(one => (one.Group ?? one.Name) == name)]).Change(source, now);
            if (only.Count > 0 && progress.MayTry(name))
                return (name, only);
        }

        return null;
    }

    private static RdsRole? MissingRole(XElement resource, IReadOnlyList<RdsRole> roles, Progress progress)
    {
        var present = (resource.Element("AssociatedRoles")?.Elements() ?? []).Select(role => (Reading.Text(role, "RoleArn"), Reading.Text(role, "FeatureName"))).ToHashSet();
        return roles.FirstOrDefault(role => !present.Contains((role.Arn, role.Feature)) && progress.MayTry(role.Arn));
    }

    private static Task<XElement> ModifyAsync(RdsStep<RestoreSettingsInput> step, QueryParameters parameters, CancellationToken cancellationToken)
    {
        parameters[step.IsCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier"] = step.Input.Target;
        parameters["ApplyImmediately"] = "true";
        return step.IsCluster ? step.Service.ModifyClusterAsync(parameters, cancellationToken) : step.Service.ModifyInstanceAsync(parameters, cancellationToken);
    }

    private static async Task TryAsync(Progress progress, string name, RdsStep<RestoreSettingsInput> step, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            progress.Tried(name);
            progress.PendingSince = null;
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            step.Context.Report($"waiting ({fault.ServiceCode ?? fault.Id})");
        }
        catch (RestoreException fault) when (fault.ServiceCode is not null && fault.Category is not (FaultCategory.PermissionDenied or FaultCategory.AuthenticationError))
        {
            progress.Tried(name);
            if (name != "settings")
                progress.Refused[name] = $"{name}: {fault.Message}";
        }
    }

    /// <summary>What was tried so far, by this process; another one looks for itself.</summary>
    private sealed class Progress
    {
        private readonly Dictionary<string, int> _tries = new(StringComparer.Ordinal);

        public DateTimeOffset? PendingSince { get; set; }

        public SortedDictionary<string, string> Refused { get; } = new(StringComparer.Ordinal);

        public bool MayTry(string name) => !Refused.ContainsKey(name) && Tries(name) < MostTries;

        public int Tries(string name) => _tries.GetValueOrDefault(name);

        public void Tried(string name) => _tries[name] = Tries(name) + 1;
    }
}
