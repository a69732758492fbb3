using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Finds the accounts behind workloads' URIs, or those that are named by resource id. Reads only.</summary>
internal sealed class CosmosDiscovery(IArmClient client, AzureConnection azure)
{
    private const string Type = "Microsoft.DocumentDB/databaseAccounts";

    /// <summary>Whether a resource id is one of an account.</summary>
    public static bool IsAccountId(string identifier) => identifier.Contains($"/providers/{Type}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The host in a storage's contact point; null if it names none.</summary>
    public static string? HostOf(WorkloadStorage storage) =>
        Uri.TryCreate(storage.ContactPoints?.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri.Host.ToLowerInvariant() : null;

    /// <summary>Finds them; nothing if the query is about other databases.</summary>
    /// <exception cref="RestoreException"><c>DatabaseNotFound</c>, <c>DatabaseDeleted</c>.</exception>
    public async Task<IReadOnlyList<FoundAccount>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        if (query.Selection.Identifiers is { } identifiers)
        {
            var named = identifiers.Where(IsAccountId).Select(identifier => NamedAsync(identifier.TrimEnd('/'), cancellationToken));
            return [.. (await Task.WhenAll(named).ConfigureAwait(false)).DistinctBy(found => found.Identity.InstanceId, StringComparer.OrdinalIgnoreCase)];
        }

        var wanted = query.Workloads
            .SelectMany(workload => workload.Storages.Where(CosmosProvider.IsCosmos).Select(storage => (Who: $"{workload.Namespace}/{workload.Name}", Storage: storage, Host: HostOf(storage)))).ToList();
        if (wanted.Count == 0)
            return [];

        if (wanted.FirstOrDefault(one => one.Host is null) is { Who: { } who } none)
        {
            throw new RestoreException(
                "DatabaseNotFound",
                FaultCategory.ObjectNotFound,
                $"The contact point of workload {who} ({none.Storage.ContactPoints ?? "not set"}) is not the URI of a Cosmos DB account.",
                who,
                "Name the account with -DatabaseIdentifier, by its resource id.");
        }

        var accounts = await AllAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<FoundAccount>();
        foreach (var group in wanted.GroupBy(one => one.Host!, StringComparer.Ordinal))
        {
            var workloads = group.Select(one => one.Who).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var account = accounts.FirstOrDefault(one => IsAt(one, group.Key)) ?? throw await MissingAsync(group.Key, workloads[0], cancellationToken).ConfigureAwait(false);
            found.Add(Found(account, workloads));
        }

        return found;
    }

    /// <summary>The resource id of the account that has an endpoint; null if these credentials see none.</summary>
    public async Task<string?> FindIdAsync(string host, CancellationToken cancellationToken) =>
        ArmJson.Text((await AllAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(account => IsAt(account, host)), "id");

    private async Task<FoundAccount> NamedAsync(string id, CancellationToken cancellationToken) =>
        Found(
            await client.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new RestoreException(
                "DatabaseNotFound", FaultCategory.ObjectNotFound, $"There is no Cosmos DB account {id}.", id, "Check the resource id, the credentials and the tenant."),
            []);

    private async Task<IReadOnlyList<JsonObject>> AllAsync(CancellationToken cancellationToken)
    {
        var lists = (await SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Select(id => client.ListAsync($"/subscriptions/{id}/providers/{Type}", cancellationToken));
        return [.. (await Task.WhenAll(lists).ConfigureAwait(false)).SelectMany(accounts => accounts)];
    }

    private async Task<IReadOnlyList<string>> SubscriptionsAsync(CancellationToken cancellationToken) =>
    [
        .. (await client.ListAsync("/subscriptions", cancellationToken).ConfigureAwait(false))
            .Where(subscription => ArmJson.Text(subscription, "state") is null or "Enabled" or "Warned" or "PastDue").Select(subscription => ArmJson.Text(subscription, "subscriptionId")!),
    ];

    // The endpoint of a region leads to the same account as that of the account.
    private static bool IsAt(JsonObject account, string host)
    {
        var properties = ArmJson.Properties(account);
        return Is(CosmosJson.Endpoint(account))
            || (ArmJson.Text(properties, "provisioningState") == "Succeeded" && ArmJson.Objects(properties, "locations").Any(location => Is(ArmJson.Text(location, "documentEndpoint"))));

        bool Is(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && string.Equals(uri.Host, host, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Why there is no account: it may have been deleted, which its backups outlive.</summary>
    private async Task<RestoreException> MissingAsync(string host, string who, CancellationToken cancellationToken)
    {
        var subscriptions = await SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        if (client.Cloud.CosmosDbAccountIn(host) is { } name)
        {
            var rows = await Task.WhenAll(subscriptions.Select(id => client.ListAsync(CosmosRestorable.Path(id), cancellationToken))).ConfigureAwait(false);
            var deleted = rows.SelectMany(list => list).Select(CosmosRestorable.Of).Where(row => row.IsNamed(name) && row.Deleted is not null).ToList();
            if (deleted.Count > 0)
            {
                return new RestoreException(
                    "DatabaseDeleted",
                    FaultCategory.ObjectNotFound,
                    $"The Cosmos DB account {name}, which workload {who} uses, was deleted; {(deleted.Count == 1 ? "one instance" : $"{deleted.Count} instances")} of that name can still be restored: {string.Join("; ", deleted.Select(row => row.ToString()))}.",
                    host,
                    "Its settings are gone with it, so that they cannot be put back: restore it by hand (az cosmosdb restore), with the instance that lived at the restore point, and point the values to it with Update-ScalarValues -OldEndpoint and -NewEndpoint.");
            }
        }

        return new RestoreException(
            "DatabaseNotFound",
            FaultCategory.ObjectNotFound,
            $"No Cosmos DB account in {(subscriptions.Count == 1 ? $"subscription {subscriptions[0]}" : $"the {subscriptions.Count} subscriptions that these credentials see")} has the endpoint {host}, which workload {who} uses.",
            host,
            "Check the credentials and the tenant, or name the account with -DatabaseIdentifier, by its resource id.");
    }

    private FoundAccount Found(JsonObject account, IReadOnlyList<string> workloads)
    {
        var id = ArmJson.Text(account, "id")!;
        var parts = id.Split('/');
        return new FoundAccount
        {
            Identity = new CosmosIdentity
            {
                Azure = azure,
                Subscription = parts[2],
                ResourceGroup = parts[4],
                Name = ArmJson.Text(account, "name")!,
                ResourceId = id,
                InstanceId = ArmJson.Text(ArmJson.Properties(account), "instanceId")!,
                Location = CosmosJson.Locations(account).Select(location => ArmJson.Text(location, "locationName")).FirstOrDefault() ?? ArmJson.Text(account, "location")!,
            },
            Resource = account,
            Workloads = workloads,
        };
    }
}
