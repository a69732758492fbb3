using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Reads everything of an account that its restore needs, and judges whether it can be restored. Reads only.</summary>
internal sealed class CosmosCapturer(IArmClient client, TimeProvider clock, CosmosTimings timings)
{
    private const int ReadsAtOnce = 8;

    private static readonly string[] OtherApis = ["EnableMongo", "EnableCassandra", "EnableTable", "EnableGremlin"];

    /// <summary>All instances that have had an account's name.</summary>
    public async Task<IReadOnlyList<CosmosRestorable>> InstancesAsync(FoundAccount found, CancellationToken cancellationToken) =>
    [
        .. (await client.ListAsync(CosmosRestorable.Path(found.Identity.Subscription), cancellationToken).ConfigureAwait(false))
            .Select(CosmosRestorable.Of).Where(row => row.IsNamed(found.Identity.Name)),
    ];

    /// <summary>The newest time to which backups reach for certain.</summary>
    public DateTimeOffset Latest => clock.GetUtcNow() - timings.BackupLag;

    /// <summary>What stands against any restore of it.</summary>
    public static IReadOnlyList<RestoreException> Judge(FoundAccount found, IReadOnlyList<CosmosRestorable> instances)
    {
        var (source, properties, faults) = (found.Identity, ArmJson.Properties(found.Resource), new List<RestoreException>());
        var capabilities = ArmJson.Objects(properties, "capabilities").Select(one => ArmJson.Text(one, "name")).ToList();
        if (ArmJson.Text(found.Resource, "kind") is { } kind && kind != "GlobalDocumentDB" || capabilities.Exists(name => OtherApis.Contains(name, StringComparer.OrdinalIgnoreCase)))
            faults.Add(Fault("DatabaseNotSupported", source, $"{source.What} in {source.Place} is not one of Azure Cosmos DB for NoSQL, the only kind that ScalarDB stores into.", "Check what -DatabaseIdentifier names."));

        if (ArmJson.Text(properties, "backupPolicy", "type") is not "Continuous" and var type)
        {
            faults.Add(Fault(
                "BackupsOff",
                source,
                $"{source.What} in {source.Place} has {(type is null ? "no continuous" : $"{type.ToLowerInvariant()}")} backups, which cannot be restored to a time.",
                "Ask Azure's support to restore its periodic backup, and let it have continuous backups from now on (az cosmosdb update --backup-policy-type Continuous)."));
        }
        else if (!instances.Any(row => IsOf(row, source)))
        {
            faults.Add(Fault("BackupsOff", source, $"{source.What} in {source.Place} is not among the accounts that can be restored.", "Its continuous backups may have just been switched on: wait some minutes."));
        }

        return faults;
    }

    /// <summary>Captures one.</summary>
    public async Task<(RestorableAccount? Account, IReadOnlyList<RestoreException> Faults)> CaptureAsync(
        FoundAccount found, IReadOnlyList<CosmosRestorable> instances, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var source = found.Identity;
        var faults = new List<RestoreException>(Judge(found, instances));
        if (intent.RestoreTime > clock.GetUtcNow())
            faults.Add(Fault("RestoreTimeInFuture", source, $"The restore time {UtcText.Of(intent.RestoreTime)} is in the future.", "Check the offset of -RestoreTime."));

        // The account may have been deleted and made again since: then the restore point is in the life of another instance of its name.
        var instance = instances.FirstOrDefault(row => row.Lived(intent.RestoreTime) && row.Earliest <= intent.RestoreTime);
        if (instance is null && instances.Count > 0)
        {
            faults.Add(Fault(
                "RestoreTimeOutOfWindow",
                source,
                $"{source.What} in {source.Place} can be restored to {UtcText.Of(instances.Min(row => row.Earliest))} at the earliest, and not to {UtcText.Of(intent.RestoreTime)}.{(instances.Count > 1 ? $" Its instances: {string.Join("; ", instances)}." : "")}",
                "Choose another restore point."));
        }

        var target = CosmosNames.Restored(intent.RunId, source.Name);
        var existing = await client.FindAsync(source.Beside(target), cancellationToken).ConfigureAwait(false);
        if (existing is not null ? !AzureRunTags.AreIn(ArmJson.Tags(existing), intent.RunId, intent.RestoreTime, source.Name) : await client.ExistsAsync($"/providers/Microsoft.DocumentDB/databaseAccountNames/{target}", cancellationToken).ConfigureAwait(false))
            faults.Add(CosmosFaults.NameTaken(target, source.Place));

        var locks = await AzureLocks.ReadOnlyAsync(client, source.Subscription, source.ResourceGroup, cancellationToken).ConfigureAwait(false);
        faults.AddRange(locks.Select(name => Fault("AzureScopeLocked", source, $"The lock '{name}' lets nobody make an account in {source.Place}.", "Take the ReadOnly lock off for the time of the restore.")));
        if (faults.Count > 0)
            return (null, faults);

        var containers = await ContainersAsync(instance!, source, intent.RestoreTime, cancellationToken).ConfigureAwait(false);
        return containers.Count == 0
            ? (null, [Fault("NothingToRestore", source, $"{source.What} in {source.Place} had no containers at {UtcText.Of(intent.RestoreTime)}.", "Check the restore point.")])
            : (await ReadAsync(found, instance!, target, containers, cancellationToken).ConfigureAwait(false), []);
    }

    private async Task<IReadOnlyList<CosmosContainer>> ContainersAsync(CosmosRestorable instance, CosmosIdentity source, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var query = $"restoreLocation={Uri.EscapeDataString(source.Location)}&restoreTimestampInUtc={Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))}";
        var rows = await client.ListAsync($"{instance.Id}/restorableSqlResources?{query}", cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.SelectMany(row => (row["collectionNames"] as JsonArray ?? []).Select(name => new CosmosContainer(ArmJson.Text(row, "databaseName")!, (string)name!)))
                .OrderBy(container => container.Database, StringComparer.Ordinal).ThenBy(container => container.Name, StringComparer.Ordinal),
        ];
    }

    private async Task<RestorableAccount> ReadAsync(
        FoundAccount found, CosmosRestorable instance, string target, IReadOnlyList<CosmosContainer> containers, CancellationToken cancellationToken)
    {
        var (source, resource) = (found.Identity, found.Resource);
        var properties = ArmJson.Properties(resource);
        var (throughputs, timeToLive) = await SettingsAsync(source, containers, cancellationToken).ConfigureAwait(false);
        return new RestorableAccount
        {
            Source = source,
            Target = target,
            RestoreSource = instance.Id,
            Endpoint = CosmosJson.Endpoint(resource) ?? "",
            Wanted = CosmosConcern.Wanted(properties),
            Tags = AzureRunTags.Foreign(ArmJson.Tags(resource)),
            Regions =
            [
                .. CosmosJson.Locations(resource).Select((location, index) => new CosmosRegion(
                    ArmJson.Region(ArmJson.Text(location, "locationName")!), index, (bool?)location["isZoneRedundant"] ?? false)),
            ],
            Containers = containers,
            Throughputs = throughputs,
            TimeToLive = timeToLive,
            ManagedIdentity = ArmJson.Text(properties, "keyVaultKeyUri") is null ? null : UserIdentities(resource),
            Lost = [.. Lost(found, instance), .. await PrivateEndpointsAsync(source, cancellationToken).ConfigureAwait(false)],
        };
    }

    private async Task<(IReadOnlyDictionary<string, CosmosThroughput> Throughputs, IReadOnlyDictionary<string, int> TimeToLive)> SettingsAsync(
        CosmosIdentity source, IReadOnlyList<CosmosContainer> containers, CancellationToken cancellationToken)
    {
        var paths = containers.Select(container => $"sqlDatabases/{Uri.EscapeDataString(container.Database)}").Distinct(StringComparer.Ordinal).Concat(containers.Select(container => container.Path));
        var (throughputs, timeToLive) = (new ConcurrentDictionary<string, CosmosThroughput>(StringComparer.Ordinal), new ConcurrentDictionary<string, int>(StringComparer.Ordinal));
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };

        // Not found: it is shared, or the account has no throughput of its own to give, or what had it is gone.
        await Parallel.ForEachAsync(paths, sideBySide, async (path, token) =>
        {
            if (CosmosThroughput.Of(await client.FindAsync($"{source.ResourceId}/{path}/throughputSettings/default", token).ConfigureAwait(false)) is { } throughput)
                throughputs[path] = throughput;
        }).ConfigureAwait(false);
        await Parallel.ForEachAsync(containers, sideBySide, async (container, token) =>
        {
            var live = await client.FindAsync($"{source.ResourceId}/{container.Path}", token).ConfigureAwait(false);
            if ((int?)(ArmJson.Properties(live ?? [])["resource"] as JsonObject)?["defaultTtl"] is { } seconds)
                timeToLive[container.ToString()] = seconds;
        }).ConfigureAwait(false);
        return (new SortedDictionary<string, CosmosThroughput>(throughputs, StringComparer.Ordinal), new SortedDictionary<string, int>(timeToLive, StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<string>> PrivateEndpointsAsync(CosmosIdentity source, CancellationToken cancellationToken) =>
    [
        .. (await client.ListAsync($"{source.ResourceId}/privateEndpointConnections", cancellationToken).ConfigureAwait(false))
            .Select(connection => $"private endpoint {ArmJson.Text(connection, "name")} leads to the old account: make one for the new account, with its DNS record, before the workloads start"),
    ];

    private static IEnumerable<string> Lost(FoundAccount found, CosmosRestorable instance)
    {
        var properties = ArmJson.Properties(found.Resource);
        if (!IsOf(instance, found.Identity))
            yield return $"the restore point is before the account was made again: it is restored from instance {instance}, with the settings of the present one";

        if ((bool?)properties["enableMultipleWriteLocations"] == true)
            yield return "writes in several regions are not switched on again, and custom conflict policies become last-writer-wins";

        if (CosmosJson.Consistency(found.Resource) is { } level && level != CosmosConcern.Strong)
            yield return $"its consistency was {level}; what is restored is Strong, as ScalarDB needs";

        if (ArmJson.Text(properties, "minimalTlsVersion") is { } tls && tls != "Tls12" && tls != "Tls13")
            yield return $"it took TLS from {tls} on; what is restored takes 1.2 and later";

        if (AzureRunTags.Beyond(ArmJson.Tags(found.Resource)) is { Count: > 0 } beyond)
            yield return $"tags {string.Join(", ", beyond)} are not taken over: an account has up to 50, and a run needs three";

        yield return "role assignments, diagnostic settings, alerts, locks, triggers and user-defined functions are not taken over";
    }

    private static JsonObject? UserIdentities(JsonObject resource) =>
        resource["identity"] is JsonObject identity && identity["userAssignedIdentities"] is JsonObject { Count: > 0 } users
            ? new JsonObject { ["type"] = identity["type"]?.DeepClone(), ["userAssignedIdentities"] = new JsonObject(users.Select(user => KeyValuePair.Create(user.Key, (JsonNode?)new JsonObject()))) }
            : null;

    private static bool IsOf(CosmosRestorable row, CosmosIdentity source) => string.Equals(row.InstanceId, source.InstanceId, StringComparison.OrdinalIgnoreCase);

    private static RestoreException Fault(string id, CosmosIdentity source, string message, string mend) =>
        new(id, id == "RestoreTimeOutOfWindow" ? FaultCategory.InvalidArgument : FaultCategory.InvalidOperation, message, source.ResourceId, $"{mend} Nothing was changed.");
}
