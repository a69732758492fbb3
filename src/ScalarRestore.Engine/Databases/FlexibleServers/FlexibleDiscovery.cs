using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Finds the servers behind workloads' JDBC URLs, or those that are named by resource id. Reads only.</summary>
internal sealed class FlexibleDiscovery(FlexibleEngine engine, IArmClient client, AzureConnection azure)
{
    /// <summary>Finds them; nothing if the query is about other databases.</summary>
    /// <exception cref="RestoreException"><c>DatabaseNotFound</c>, <c>DatabaseRetired</c>.</exception>
    public async Task<IReadOnlyList<FoundServer>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        if (query.Selection.Identifiers is { } identifiers)
        {
            var named = identifiers.Where(engine.IsServerId).Select(identifier => NamedAsync(identifier.TrimEnd('/'), cancellationToken));
            return Merged(await Task.WhenAll(named).ConfigureAwait(false));
        }

        var wanted = query.Workloads
            .SelectMany(workload => workload.Storages.SelectMany(storage => FlexibleHost.Of(engine, storage)).Select(host => (Who: $"{workload.Namespace}/{workload.Name}", Host: host)))
            .GroupBy(one => one.Host, one => one.Who, StringComparer.Ordinal).ToList();
        if (wanted.Count == 0)
            return [];

        var subscriptions = await SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var servers = await AllAsync(engine.ServerType, subscriptions, cancellationToken).ConfigureAwait(false);
        var found = new List<FoundServer>();
        foreach (var group in wanted)
        {
            var workloads = group.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            found.Add(await AtAsync(group.Key, workloads, servers, cancellationToken).ConfigureAwait(false) ?? throw await MissingAsync(group.Key, workloads[0], subscriptions, cancellationToken).ConfigureAwait(false));
        }

        return Merged(found);
    }

    private static IReadOnlyList<FoundServer> Merged(IEnumerable<FoundServer> found) =>
    [
        .. found.GroupBy(one => one.Identity.ResourceId, StringComparer.OrdinalIgnoreCase).Select(same => same.First() with
        {
            Workloads = [.. same.SelectMany(one => one.Workloads).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Aliases = [.. same.SelectMany(one => one.Aliases).Distinct()],
        }),
    ];

    private async Task<FoundServer> NamedAsync(string id, CancellationToken cancellationToken)
    {
        if (engine.IsSingleId(id))
            throw FlexibleFaults.Retired(engine, id);

        var server = await client.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new RestoreException(
            "DatabaseNotFound", FaultCategory.ObjectNotFound, $"There is no {engine.Product} flexible server {id}.", id, "Check the resource id, the credentials and the tenant.");
        return Found(server, [], []);
    }

    private async Task<FoundServer?> AtAsync(string host, IReadOnlyList<string> workloads, IReadOnlyList<JsonObject> servers, CancellationToken cancellationToken)
    {
        var suffix = engine.SuffixIn(engine.CloudOf(host)!);
        if (servers.FirstOrDefault(one => string.Equals(FlexibleJson.Host(one), host, StringComparison.OrdinalIgnoreCase)) is { } server)
            return await OriginalAsync(server, workloads, [], cancellationToken).ConfigureAwait(false);

        if (servers.FirstOrDefault(one => FlexibleHost.IsPrivateNameOf(host, ArmJson.Text(one, "name")!, suffix, ArmJson.Text(ArmJson.Properties(one), "network", engine.ZoneProperty))) is { } hidden)
            return await OriginalAsync(hidden, workloads, [new ServerAlias(host, ServerAlias.PrivateName)], cancellationToken).ConfigureAwait(false);

        if (!engine.HasVirtualEndpoints || FlexibleHost.VirtualEndpointIn(host, suffix) is not { } name)
            return null;

        // Of a virtual endpoint's members each tells of it; the primary is the one to restore from.
        foreach (var one in servers.OrderBy(one => FlexibleJson.IsReplica(one)))
        {
            var endpoints = await client.ListOrNoneAsync($"{ArmJson.Text(one, "id")}/virtualEndpoints", cancellationToken).ConfigureAwait(false);
            if (endpoints.Any(endpoint => string.Equals(ArmJson.Text(endpoint, "name"), name, StringComparison.OrdinalIgnoreCase)))
                return await OriginalAsync(one, workloads, [new ServerAlias(host, ServerAlias.VirtualEndpoint)], cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    // A replica has no backups of its own: what it copies is restored.
    private async Task<FoundServer> OriginalAsync(JsonObject server, IReadOnlyList<string> workloads, IReadOnlyList<ServerAlias> aliases, CancellationToken cancellationToken)
    {
        if (!FlexibleJson.IsReplica(server) || FlexibleJson.SourceId(server) is not { } sourceId || FlexibleJson.Host(server) is not { } host)
            return Found(server, workloads, aliases);

        return await client.FindAsync(sourceId, cancellationToken).ConfigureAwait(false) is { } source
            ? Found(source, workloads, [new ServerAlias(host.ToLowerInvariant(), ServerAlias.Replica), .. aliases])
            : Found(server, workloads, aliases);
    }

    private async Task<IReadOnlyList<string>> SubscriptionsAsync(CancellationToken cancellationToken) =>
    [
        .. (await client.ListAsync("/subscriptions", cancellationToken).ConfigureAwait(false))
            .Where(subscription => ArmJson.Text(subscription, "state") is null or "Enabled" or "Warned" or "PastDue").Select(subscription => ArmJson.Text(subscription, "subscriptionId")!),
    ];

    private async Task<IReadOnlyList<JsonObject>> AllAsync(string type, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        var lists = subscriptions.Select(id => client.ListAsync($"/subscriptions/{id}/providers/{type}", cancellationToken));
        return [.. (await Task.WhenAll(lists).ConfigureAwait(false)).SelectMany(servers => servers)];
    }

    private async Task<RestoreException> MissingAsync(string host, string who, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        if (await SingleAsync(host, subscriptions, cancellationToken).ConfigureAwait(false) is { } single)
            return FlexibleFaults.Retired(engine, $"{ArmJson.Text(single, "name")}, which workload {who} uses,");

        var cloud = engine.CloudOf(host)!;
        return new RestoreException(
            "DatabaseNotFound",
            FaultCategory.ObjectNotFound,
            $"No {engine.Product} flexible server in {(subscriptions.Count == 1 ? $"subscription {subscriptions[0]}" : $"the {subscriptions.Count} subscriptions that these credentials see")} has the endpoint {host}, which workload {who} uses.",
            host,
            engine.SuffixIn(cloud) == engine.SuffixIn(client.Cloud)
                ? "Check the credentials and the tenant, or name the server with -DatabaseIdentifier, by its resource id. A server that was deleted can be restored for five days with the Azure CLI."
                : $"The host is one of {cloud.Name}, and these credentials are for {client.Cloud.Name}: sign in to that cloud, and give -AzureEnvironment {cloud.Name}.");
    }

    private async Task<JsonObject?> SingleAsync(string host, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            var servers = await AllAsync(engine.SingleType, subscriptions, cancellationToken).ConfigureAwait(false);
            return servers.FirstOrDefault(one => string.Equals(FlexibleJson.Host(one), host, StringComparison.OrdinalIgnoreCase));
        }
        catch (RestoreException fault) when (fault.Id is ArmFaults.NotFound or "AzureApiVersionRefused")
        {
            // The kind is retired: where Azure does not even know its type any more, there is none.
            return null;
        }
    }

    private FoundServer Found(JsonObject server, IReadOnlyList<string> workloads, IReadOnlyList<ServerAlias> aliases)
    {
        var id = ArmJson.Text(server, "id")!;
        var parts = id.Split('/');
        return new FoundServer
        {
            Identity = new FlexibleIdentity
            {
                Azure = azure,
                EngineWord = engine.Word,
                Subscription = parts[2],
                ResourceGroup = parts[4],
                Name = ArmJson.Text(server, "name")!,
                ResourceId = id,
                CreatedAt = FlexibleJson.CreatedAt(server),
                Location = ArmJson.Region(ArmJson.Text(server, "location")!),
            },
            Resource = server,
            Workloads = workloads,
            Aliases = aliases,
        };
    }
}
