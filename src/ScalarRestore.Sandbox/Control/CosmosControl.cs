using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Cosmos;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;
using ScalarRestore.Sandbox.Azure.Cosmos.Operations;

namespace ScalarRestore.Sandbox.Control;

/// <summary>Accounts of Azure Cosmos DB, what is in them, and their items, set and read without the service.</summary>
internal static class CosmosControl
{
    public static async Task<object?> AnswerAsync(HttpRequest request, AzureSubscription azure, string name, string[] path)
    {
        switch (request.Method, path)
        {
            case ("PUT", []):
                var seed = await ControlServer.BodyAsync<AccountSeed>(request);
                return AzureControl.With(azure, now => Put(azure, name, seed, now));
            case ("DELETE", []):
                return AzureControl.With(azure, now =>
                {
                    var account = Get(azure, name);
                    account.DeletedAt = now;
                    azure.Cosmos.Accounts.Remove(name);
                    azure.Cosmos.Gone.Add(account);
                    return CosmosJson.Restorable(azure, account, now);
                });
            case ("PUT", ["databases"]):
                var databases = await ControlServer.BodyAsync<Dictionary<string, DatabaseSeed>>(request);
                return AzureControl.With(azure, now =>
                {
                    Fill(azure, Get(azure, name), databases, now);
                    return CosmosDump.Account(azure, Get(azure, name), now, includeVolatile: true);
                });
            case ("DELETE", ["databases", var database]):
                return AzureControl.With(azure, now => Get(azure, name, database, now).DeletedAt = now);
            case ("DELETE", ["databases", var database, "containers", var container]):
                return AzureControl.With(azure, now => Get(azure, name, database, container, now).DeletedAt = now);
            case ("POST", ["items"]):
                var write = await ControlServer.BodyAsync<ItemsSeed>(request);
                return AzureControl.With(azure, now =>
                {
                    var items = Get(azure, name, write.Database, write.Container, now).Items;
                    foreach (var (id, item) in write.Items)
                        items.Set(id, item, write.At ?? now);

                    return new { at = write.At ?? now };
                });
            case ("GET", ["items"]):
                return AzureControl.With(azure, now => AzureControl.Items(
                    request,
                    Get(azure, name, AzureControl.Required(request, "database"), AzureControl.Required(request, "container"), now).Items));
            default:
                return null;
        }
    }

    private static JsonObject Put(AzureSubscription azure, string name, AccountSeed seed, DateTimeOffset now)
    {
        if (azure.Cosmos.Accounts.ContainsKey(name))
            throw new ArgumentException($"There is an account '{name}' already.");

        AccountReader.RefuseBadName(name);
        var at = seed.CreatedAt ?? now;
        var properties = CosmosDefaults.Properties(isRestore: false);
        AccountUpdate.Lay(properties, AccountReader.Changes(seed.Properties ?? []));
        var account = AccountOperations.Make(azure, name, seed.Group, seed.Location, at, properties, "Succeeded");
        account.Tags = seed.Tags is { } tags ? new(tags, StringComparer.Ordinal) : account.Tags;
        account.Identity = seed.Identity;
        account.PrivateEndpoints = seed.PrivateEndpoints ?? [];
        var regions = seed.Locations ?? [seed.Location];
        AccountUpdate.SetRegions(
            azure, account, regions.Select((r, i) => (AzureLocations.DisplayName(r), i, false)), at);
        if (seed.HideRegions)
            azure.Cosmos.WithoutRegions.Add(account.InstanceId);

        Fill(azure, account, seed.Databases ?? [], at);
        azure.Cosmos.Accounts.Add(name, account);
        return CosmosJson.Describe(azure, account);
    }

    private static void Fill(AzureSubscription azure, CosmosAccount account, Dictionary<string, DatabaseSeed> databases, DateTimeOffset at)
    {
        foreach (var (name, seed) in databases)
        {
            var database = account.Find(name, at);
            if (database is null)
                account.Databases.Add(database = DatabaseOperations.Make(azure, name, at, throughput: null));

            database.Throughput = ThroughputOperations.Read(seed.Throughput, account) ?? database.Throughput;
            foreach (var (id, asked) in seed.Containers ?? [])
            {
                var resource = asked.Resource ?? new JsonObject
                {
                    ["partitionKey"] = new JsonObject { ["paths"] = new JsonArray("/concatenatedPartitionKey"), ["kind"] = "Hash" },
                };
                var container = DatabaseOperations.SetContainer(
                    azure, database, id, resource, ThroughputOperations.Read(asked.Throughput, account), at);
                foreach (var (procedure, body) in asked.Procedures ?? [])
                    container.Procedures[procedure] = body;

                foreach (var (item, value) in asked.Items ?? [])
                    container.Items.Set(item, value, at);
            }
        }
    }

    private static CosmosAccount Get(AzureSubscription azure, string name) => azure.Cosmos.Accounts.GetValueOrDefault(name)
        ?? throw new ArgumentException($"There is no account '{name}'.");

    private static SqlDatabase Get(AzureSubscription azure, string name, string database, DateTimeOffset now) =>
        Get(azure, name).Find(database, now) ?? throw new ArgumentException($"There is no database '{database}'.");

    private static SqlContainer Get(AzureSubscription azure, string name, string database, string container, DateTimeOffset now) =>
        Get(azure, name, database, now).Find(container, now) ?? throw new ArgumentException($"There is no container '{container}'.");

    private sealed record AccountSeed
    {
        public required string Group { get; init; }

        public required string Location { get; init; }

        public IReadOnlyList<string>? Locations { get; init; }

        public DateTimeOffset? CreatedAt { get; init; }

        public JsonObject? Properties { get; init; }

        public Dictionary<string, string>? Tags { get; init; }

        public JsonObject? Identity { get; init; }

        public JsonArray? PrivateEndpoints { get; init; }

        public bool HideRegions { get; init; }

        public Dictionary<string, DatabaseSeed>? Databases { get; init; }
    }

    private sealed record DatabaseSeed(JsonObject? Throughput, Dictionary<string, ContainerSeed>? Containers);

    private sealed record ContainerSeed(
        JsonObject? Resource, JsonObject? Throughput, Dictionary<string, string>? Procedures, Dictionary<string, JsonNode?>? Items);

    private sealed record ItemsSeed(string Database, string Container, DateTimeOffset? At, Dictionary<string, JsonNode?> Items);
}
