using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers.Handlers;

/// <summary>The last look: Ready, this run's, with its host; and everything that is not as before is listed.</summary>
internal sealed class VerifyHandler(FlexibleEngine engine, Func<AzureConnection, IArmClient> clientOf, FlexibleTimings timings)
    : FlexibleHandler<VerifyServerInput>(engine, "verify", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(FlexibleStep<VerifyServerInput> step, CancellationToken cancellationToken)
    {
        var server = await ReadyAsync(step, cancellationToken).ConfigureAwait(false);
        var (settings, properties, drift) = (step.Input.Settings, ArmJson.Properties(server), new List<string>());
        await AddParametersAsync(step, drift, cancellationToken).ConfigureAwait(false);
        if (!FlexibleJson.IsPrivate(server))
            await AddFirewallAsync(step, drift, cancellationToken).ConfigureAwait(false);

        var tags = ArmJson.Tags(server);
        drift.AddRange(settings.Tags.Where(tag => tags.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => $"tag {tag.Key} is {tags.GetValueOrDefault(tag.Key) ?? "not set"} instead of {tag.Value}"));
        if (settings.ManagedIdentity is { } identity)
            drift.AddRange(ReapplyHandler.MissingIdentities(identity, server).Select(id => $"managed identity {id} is missing"));

        await AddAdministratorsAsync(step, drift, cancellationToken).ConfigureAwait(false);
        foreach (var concern in ServerConcern.All)
            drift.AddRange(concern.Words(settings.Wanted, properties));

        drift.AddRange(Sku(settings.Sku, server));
        if (settings.Version is { } version && ArmJson.Text(properties, "version") is { } now && now != version)
            drift.Add($"it is of version {now}, as at the restore point, and the old server of {version}");

        if (ArmJson.Text(properties, "highAvailability", "mode") is not (null or "Disabled") && ArmJson.Text(properties, "highAvailability", "state") is { } state && state != "Healthy")
            drift.Add($"the standby is {state} still");

        foreach (var line in drift)
            step.Context.Warn($"{step.Input.Target}: {line}");

        drift.AddRange(step.Input.Lost);
        return new VerifiedServer { Name = step.Input.Target, Host = FlexibleJson.Host(server)!, Drift = drift };
    }

    private static async Task AddParametersAsync(FlexibleStep<VerifyServerInput> step, List<string> drift, CancellationToken cancellationToken)
    {
        var wanted = step.Input.Settings.Parameters;
        if (wanted.Count == 0)
            return;

        var now = await step.Client.ListAsync(step.In("configurations"), cancellationToken).ConfigureAwait(false);
        drift.AddRange(ServerParameters.Different(wanted, now).Select(one => $"parameter {one.Key} is not {one.Value}"));
        if (ServerParameters.Pending(now).Where(wanted.ContainsKey).ToList() is { Count: > 0 } pending)
            drift.Add($"parameters {string.Join(", ", pending)} wait for a restart: {step.Engine.CliGroup} restart");
    }

    private static async Task AddFirewallAsync(FlexibleStep<VerifyServerInput> step, List<string> drift, CancellationToken cancellationToken)
    {
        var wanted = step.Input.Settings.FirewallRules;
        var now = FirewallRule.Read(await step.Client.ListAsync(step.In("firewallRules"), cancellationToken).ConfigureAwait(false));
        drift.AddRange(wanted.Where(rule => now.GetValueOrDefault(rule.Key) != rule.Value).Select(rule => $"firewall rule {rule.Key} is {now.GetValueOrDefault(rule.Key)?.ToString() ?? "missing"} instead of {rule.Value}"));
        drift.AddRange(now.Where(rule => !wanted.ContainsKey(rule.Key)).Select(rule => $"firewall rule {rule.Key} lets in {rule.Value}, which the source did not"));
    }

    private static async Task AddAdministratorsAsync(FlexibleStep<VerifyServerInput> step, List<string> drift, CancellationToken cancellationToken)
    {
        foreach (var (name, wanted) in step.Input.Settings.Administrators)
        {
            var now = await step.Client.FindAsync(step.In($"administrators/{Uri.EscapeDataString(name)}"), cancellationToken).ConfigureAwait(false);
            if (ReapplyHandler.AdministratorDifferences(wanted, now) is { Count: > 0 } different)
                drift.Add($"administrator {name} is not as before: {string.Join(", ", different)}");
        }
    }

    private static IEnumerable<string> Sku(JsonObject? wanted, JsonObject server) => (wanted ?? [])
        .Where(member => ArmJson.Text(server, "sku", member.Key) != member.Value?.ToString())
        .Select(member => $"compute {member.Key} is {ArmJson.Text(server, "sku", member.Key) ?? "not told"} instead of {member.Value}");
}
