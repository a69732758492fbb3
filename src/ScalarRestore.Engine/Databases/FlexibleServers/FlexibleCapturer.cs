using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Reads everything of a server that its restore needs, and judges whether it can be restored. Reads only.</summary>
internal sealed class FlexibleCapturer(IArmClient client, TimeProvider clock, FlexibleTimings timings)
{
    /// <summary>The newest time to which backups reach for certain.</summary>
    public DateTimeOffset Latest => clock.GetUtcNow() - timings.BackupLag;

    /// <summary>What stands against any restore of it.</summary>
    public static IReadOnlyList<RestoreException> Judge(FoundServer found)
    {
        var (source, server, faults) = (found.Identity, found.Resource, new List<RestoreException>());
        if (FlexibleJson.State(server) is { } state && FlexibleJson.IsStuck(state))
        {
            faults.Add(Fault(
                "DatabaseNotReady",
                source,
                $"{source.What} in {source.Place} is {state}, and Azure promises no restore to a time of such a server.",
                state.Equals("Stopped", StringComparison.OrdinalIgnoreCase)
                    ? $"Start it first ({source.Engine.CliGroup} start): the workloads are to be stopped, so that nobody writes into it."
                    : "See its activity log for the reason, and bring it back to Ready first."));
        }

        if (FlexibleJson.IsReplica(server))
        {
            faults.Add(Fault(
                "DatabaseNotSupported",
                source,
                $"{source.What} in {source.Place} is a read replica{(FlexibleJson.SourceId(server) is { } of ? $" of {of}" : "")}, which has no backups of its own.",
                "Restore the server that it copies."));
        }
        else if (FlexibleJson.Earliest(server) is null)
        {
            faults.Add(Fault("BackupsOff", source, $"{source.What} in {source.Place} has no backup yet that it could be restored from.", "A new server has its first one some minutes after it was made: wait."));
        }

        return faults;
    }

    /// <summary>Captures one.</summary>
    public async Task<(RestorableServer? Server, IReadOnlyList<RestoreException> Faults)> CaptureAsync(FoundServer found, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var source = found.Identity;
        var faults = new List<RestoreException>(Judge(found));
        if (intent.RestoreTime > clock.GetUtcNow())
            faults.Add(Fault("RestoreTimeInFuture", source, $"The restore time {UtcText.Of(intent.RestoreTime)} is in the future.", "Check the offset of -RestoreTime."));

        if (FlexibleJson.Earliest(found.Resource) is { } earliest && intent.RestoreTime < earliest)
        {
            faults.Add(Fault(
                "RestoreTimeOutOfWindow",
                source,
                $"{source.What} in {source.Place} can be restored to {UtcText.Of(earliest)} at the earliest, and not to {UtcText.Of(intent.RestoreTime)}.",
                "Choose another restore point."));
        }

        var target = FlexibleNames.Restored(intent.RunId, source.Name);
        var locks = await AzureLocks.ReadOnlyAsync(client, source.Subscription, source.ResourceGroup, cancellationToken).ConfigureAwait(false);
        faults.AddRange(locks.Select(name => Fault("AzureScopeLocked", source, $"The lock '{name}' lets nobody make a server in {source.Place}.", "Take the ReadOnly lock off for the time of the restore.")));

        // Asking for a name is a POST, which such a lock may stand in the way of as well.
        if (locks.Count == 0 && await NameFaultAsync(source, target, intent, cancellationToken).ConfigureAwait(false) is { } refused)
            faults.Add(refused);

        return faults.Count > 0 ? (null, faults) : (await ReadAsync(found, target, cancellationToken).ConfigureAwait(false), []);
    }

    private async Task<RestoreException?> NameFaultAsync(FlexibleIdentity source, string target, RestoreIntent intent, CancellationToken cancellationToken)
    {
        if (await client.FindAsync(source.Beside(target), cancellationToken).ConfigureAwait(false) is { } existing)
            return AzureRunTags.AreIn(ArmJson.Tags(existing), intent.RunId, intent.RestoreTime, source.Name) ? null : FlexibleFaults.NameTaken(source, target);

        var path = $"/subscriptions/{source.Subscription}/providers/{source.Engine.Provider}/locations/{source.Location}/checkNameAvailability";
        var poll = await client.PostAsync(path, new JsonObject { ["name"] = target, ["type"] = source.Engine.ServerType }, cancellationToken).ConfigureAwait(false);
        var answer = poll.Answer;
        if ((bool?)answer?["nameAvailable"] != false)
            return null;

        return ArmJson.Text(answer, "reason")?.Contains("Exist", StringComparison.OrdinalIgnoreCase) != false
            ? FlexibleFaults.NameTaken(source, target)
            : FlexibleFaults.NameRefused(source, target, ArmJson.Text(answer, "message") is { } message ? ArmText.Clean(message) : null);
    }

    private async Task<RestorableServer> ReadAsync(FoundServer found, string target, CancellationToken cancellationToken)
    {
        var (source, server) = (found.Identity, found.Resource);
        var lists = await Task.WhenAll(
            client.ListAsync($"{source.ResourceId}/configurations", cancellationToken),
            FlexibleJson.IsPrivate(server) ? Task.FromResult<IReadOnlyList<JsonObject>>([]) : ListAsync(source, "firewallRules", cancellationToken),
            ListAsync(source, "administrators", cancellationToken),
            ListAsync(source, "replicas", cancellationToken),
            ListAsync(source, "privateEndpointConnections", cancellationToken),
            source.Engine.HasVirtualEndpoints ? ListAsync(source, "virtualEndpoints", cancellationToken) : Task.FromResult<IReadOnlyList<JsonObject>>([])).ConfigureAwait(false);
        var tags = ArmJson.Tags(server);
        return new RestorableServer
        {
            Source = source,
            Target = target,
            Shape = RestoreBody.Shape(source.Engine, server),
            Hosts = [.. new[] { FlexibleJson.Host(server) ?? "" }.Concat(found.Aliases.Select(alias => alias.Host)).Where(host => host.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Settings = new ServerSettings
            {
                Parameters = ServerParameters.SetByUser(lists[0]),
                FirewallRules = FirewallRule.Read(lists[1]),
                Tags = AzureRunTags.Foreign(tags),
                ManagedIdentity = FlexibleJson.UserIdentities(server),
                Administrators = new SortedDictionary<string, JsonObject>(
                    lists[2].ToDictionary(one => ArmJson.Text(one, "name")!, one => FlexibleJson.Pick(ArmJson.Properties(one), source.Engine.AdministratorProperties), StringComparer.Ordinal), StringComparer.Ordinal),
                Wanted = ServerConcern.Wanted(ArmJson.Properties(server)),
                Sku = server["sku"] is JsonObject sku ? FlexibleJson.Pick(sku, ["name", "tier"]) : null,
                Version = ArmJson.Text(ArmJson.Properties(server), "version"),
            },
            Lost = [.. Lost(found, tags, lists[3], lists[4], lists[5])],
        };
    }

    // Not every server has every list: one that was never given an administrator may have none of them.
    private Task<IReadOnlyList<JsonObject>> ListAsync(FlexibleIdentity source, string what, CancellationToken cancellationToken) =>
        client.ListOrNoneAsync($"{source.ResourceId}/{what}", cancellationToken);

    private static IEnumerable<string> Lost(
        FoundServer found, IReadOnlyDictionary<string, string> tags, IReadOnlyList<JsonObject> replicas, IReadOnlyList<JsonObject> privateEndpoints, IReadOnlyList<JsonObject> virtualEndpoints)
    {
        var cli = found.Identity.Engine.CliGroup;
        foreach (var replica in replicas)
            yield return $"read replica {ArmJson.Text(replica, "name")} copies the old server: make one of the new server ({cli} replica create), and delete it when nobody reads from it";

        foreach (var endpoint in privateEndpoints)
            yield return $"private endpoint {ArmJson.Text(endpoint, "name")} leads to the old server: make one for the new server, with its DNS record, before the workloads start";

        foreach (var endpoint in virtualEndpoints)
        {
            var name = ArmJson.Text(endpoint, "name");
            var used = found.Aliases.Any(alias => alias.Kind == ServerAlias.VirtualEndpoint && alias.Host.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase));
            yield return $"virtual endpoint {name} leads to the old server{(used ? "; values that name it get the new server's own host" : "")}: to keep its name, delete it there and make it on the new server ({cli} virtual-endpoint delete, create)";
        }

        foreach (var alias in found.Aliases.Where(alias => alias.Kind != ServerAlias.VirtualEndpoint))
            yield return $"values that name {alias.Host}, a {alias.Kind} of the old server, get the new server's own host";

        if (FlexibleJson.HasOwnIdentity(found.Resource))
            yield return "its system-assigned identity is the old server's alone: give the new server one, and that the roles";

        if (AzureRunTags.Beyond(tags) is { Count: > 0 } beyond)
            yield return $"tags {string.Join(", ", beyond)} are not taken over: a server has up to 50, and a run needs three";

        yield return "role assignments, diagnostic settings, alerts, locks, threat protection and backup policies of vaults are not taken over";
    }

    private static RestoreException Fault(string id, FlexibleIdentity source, string message, string mend) =>
        new(id, id is "RestoreTimeOutOfWindow" or "RestoreTimeInFuture" ? FaultCategory.InvalidArgument : FaultCategory.InvalidOperation, message, source.ResourceId, $"{mend} Nothing was changed.");
}
