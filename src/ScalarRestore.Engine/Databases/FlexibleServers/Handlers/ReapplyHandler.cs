using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers.Handlers;

/// <summary>
/// Ensures that what a restore does not take is set again, in the order of domain/azure.md, section 3.1: parameters and one restart, firewall
/// rules, tags, administrators, maintenance window and the rest. The documentation contradicts itself about what comes along, so that the
/// restored server is read, and only what differs is set.
/// </summary>
internal sealed class ReapplyHandler(FlexibleEngine engine, Func<AzureConnection, IArmClient> clientOf, FlexibleTimings timings)
    : FlexibleHandler<ServerSettingsInput>(engine, "reapply", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(FlexibleStep<ServerSettingsInput> step, CancellationToken cancellationToken)
    {
        // It is this run's, or nothing is changed.
        var server = await ReadyAsync(step, cancellationToken).ConfigureAwait(false);
        var (settings, refused) = (step.Input.Settings, new List<string>());
        await SetParametersAsync(step, refused, cancellationToken).ConfigureAwait(false);
        if (!FlexibleJson.IsPrivate(server))
            await SetFirewallAsync(step, refused, cancellationToken).ConfigureAwait(false);

        await SetTagsAsync(step, refused, cancellationToken).ConfigureAwait(false);
        await SettleAsync(step, ServerConcern.Authentication, settings.Wanted, refused, cancellationToken).ConfigureAwait(false);
        await SetIdentityAsync(step, refused, cancellationToken).ConfigureAwait(false);
        await SetAdministratorsAsync(step, refused, cancellationToken).ConfigureAwait(false);
        foreach (var concern in ServerConcern.Later)
            await SettleAsync(step, concern, settings.Wanted, refused, cancellationToken).ConfigureAwait(false);

        foreach (var line in refused)
            step.Context.Warn($"{step.Input.Target}: Azure did not take back {line}");

        return new Reapplied(refused);
    }

    private async Task SetParametersAsync(FlexibleStep<ServerSettingsInput> step, List<string> refused, CancellationToken cancellationToken)
    {
        var wanted = step.Input.Settings.Parameters;
        if (wanted.Count == 0)
            return;

        // One bad value has many refused together: then they are set one by one, so that the others count.
        var many = new List<string>();
        if (step.Engine.SetsManyParameters)
        {
            await SettleAsync(
                step,
                "parameters",
                async token => [.. ServerParameters.Different(wanted, await ReadAsync(step, token).ConfigureAwait(false)).Keys],
                (open, token) => step.Client.PostAsync(step.In("updateConfigurations"), ServerParameters.Body(open.ToDictionary(name => name, name => wanted[name], StringComparer.Ordinal)), token),
                many,
                cancellationToken).ConfigureAwait(false);
        }

        if (!step.Engine.SetsManyParameters || many.Count > 0)
        {
            foreach (var (name, value) in ServerParameters.Different(wanted, await ReadAsync(step, cancellationToken).ConfigureAwait(false)))
            {
                var path = step.In($"configurations/{Uri.EscapeDataString(name)}");
                await SettleAsync(
                    step,
                    $"parameter {name}",
                    async token => [.. ServerParameters.Different(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }, [await step.Client.GetAsync(path, token).ConfigureAwait(false)]).Keys],
                    (_, token) => step.Client.PutAsync(path, ServerParameters.Body(value), token),
                    refused,
                    cancellationToken).ConfigureAwait(false);
            }
        }

        // Those that count only after a restart share one.
        await SettleAsync(
            step,
            "restart for parameters",
            async token => [.. ServerParameters.Pending(await ReadAsync(step, token).ConfigureAwait(false)).Where(wanted.ContainsKey)],
            (_, token) => step.Client.PostAsync(step.In("restart"), RestartBody(step.Engine), token),
            refused,
            cancellationToken).ConfigureAwait(false);
        _ = await ReadyAsync(step, cancellationToken).ConfigureAwait(false);
    }

    // (MySQL resource provider 2024-12-30, Servers_Restart: the body is required, and says it in a word; that of PostgreSQL is true or false.)
    private static JsonObject RestartBody(FlexibleEngine engine) => new() { ["restartWithFailover"] = engine == FlexibleEngine.MySql ? "Disabled" : false };

    private static Task<IReadOnlyList<JsonObject>> ReadAsync(FlexibleStep<ServerSettingsInput> step, CancellationToken cancellationToken) =>
        step.Client.ListAsync(step.In("configurations"), cancellationToken);

    private async Task SetFirewallAsync(FlexibleStep<ServerSettingsInput> step, List<string> refused, CancellationToken cancellationToken)
    {
        var wanted = step.Input.Settings.FirewallRules;
        var present = wanted.Count == 0 ? wanted : FirewallRule.Read(await step.Client.ListAsync(step.In("firewallRules"), cancellationToken).ConfigureAwait(false));
        foreach (var (name, rule) in wanted.Where(one => present.GetValueOrDefault(one.Key) != one.Value))
        {
            var path = step.In($"firewallRules/{Uri.EscapeDataString(name)}");
            await SettleAsync(
                step,
                $"firewall rule {name}",
                async token => await step.Client.FindAsync(path, token).ConfigureAwait(false) is { } now && FirewallRule.Read([now]).Values.FirstOrDefault() == rule ? [] : [name],
                (_, token) => step.Client.PutAsync(path, rule.Body(), token),
                refused,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private Task SetTagsAsync(FlexibleStep<ServerSettingsInput> step, List<string> refused, CancellationToken cancellationToken)
    {
        var wanted = AzureRunTags.Of(step.Input.Settings.Tags, step.Input.RunId, step.Input.RestoreTime, step.Input.Source.Name);
        return SettleAsync(
            step,
            "tags",
            async token =>
            {
                var now = ArmJson.Tags(await ReadyAsync(step, token).ConfigureAwait(false));
                return [.. wanted.Where(tag => now.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => tag.Key)];
            },
            (_, token) => step.Client.PatchAsync(step.Input.TargetId, new JsonObject { ["tags"] = new JsonObject(wanted.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))) }, token),
            refused,
            cancellationToken);
    }

    // An administrator of MySQL is read from Microsoft Entra by such an identity.
    private async Task SetIdentityAsync(FlexibleStep<ServerSettingsInput> step, List<string> refused, CancellationToken cancellationToken)
    {
        if (step.Input.Settings.ManagedIdentity is not { } identity)
            return;

        await SettleAsync(
            step,
            "managed identities",
            async token => MissingIdentities(identity, await ReadyAsync(step, token).ConfigureAwait(false)),
            (_, token) => step.Client.PatchAsync(step.Input.TargetId, new JsonObject { ["identity"] = identity.DeepClone() }, token),
            refused,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The identities that a server lacks.</summary>
    internal static IReadOnlyList<string> MissingIdentities(JsonObject identity, JsonObject server)
    {
        var now = ((server["identity"] as JsonObject)?["userAssignedIdentities"] as JsonObject ?? []).Select(one => one.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. (identity["userAssignedIdentities"] as JsonObject ?? []).Select(one => one.Key).Where(id => !now.Contains(id))];
    }

    private async Task SetAdministratorsAsync(FlexibleStep<ServerSettingsInput> step, List<string> refused, CancellationToken cancellationToken)
    {
        foreach (var (name, wanted) in step.Input.Settings.Administrators)
        {
            var path = step.In($"administrators/{Uri.EscapeDataString(name)}");
            await SettleAsync(
                step,
                $"administrator {ArmJson.Text(wanted, "principalName") ?? ArmJson.Text(wanted, "login") ?? name}",
                async token => AdministratorDifferences(wanted, await step.Client.FindAsync(path, token).ConfigureAwait(false)),
                (_, token) => step.Client.PutAsync(path, new JsonObject { ["properties"] = wanted.DeepClone() }, token),
                refused,
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What of an administrator is not as it shall be; everything where there is none.</summary>
    internal static IReadOnlyList<string> AdministratorDifferences(JsonObject wanted, JsonObject? now) => now is null
        ? ["missing"]
        : [.. wanted.Select(member => member.Key).Where(member => !string.Equals(wanted[member]?.ToString(), ArmJson.Properties(now)[member]?.ToString(), StringComparison.OrdinalIgnoreCase))];

    /// <summary>What was done.</summary>
    /// <param name="Refused">What the service did not take back.</param>
    private sealed record Reapplied(IReadOnlyList<string> Refused);
}
