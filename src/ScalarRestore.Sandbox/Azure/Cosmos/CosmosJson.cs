using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos;

/// <summary>Accounts and what is in them as the service tells them (domain/azure.md, sections 1.1 to 1.3).</summary>
internal static class CosmosJson
{
    public const string AccountType = "Microsoft.DocumentDB/databaseAccounts";

    public static string Id(AzureSubscription azure, CosmosAccount account) =>
        $"{azure.GroupId(account.Group)}/providers/{AccountType}/{account.Name}";

    public static JsonObject Describe(AzureSubscription azure, CosmosAccount account)
    {
        var properties = account.Properties.Copy();
        properties["provisioningState"] = account.State;
        properties["instanceId"] = account.InstanceId;
        properties["createMode"] = account.RestoreParameters is null ? "Default" : "Restore";
        properties["keysMetadata"] = new JsonObject(
            new[] { "primaryMasterKey", "secondaryMasterKey", "primaryReadonlyMasterKey", "secondaryReadonlyMasterKey" }
                .Select(k => KeyValuePair.Create(k, (JsonNode?)new JsonObject { ["generationTime"] = AzureTime.Fine(account.CreatedAt) })));
        if (account.State != "Creating")
            properties["documentEndpoint"] = Endpoint(account.Name);

        if (account.RestoreParameters is { } parameters)
            properties["restoreParameters"] = parameters.Copy();

        // While a restore goes on these are the source's addresses.
        var isMultipleWrite = account.Properties.Flag("enableMultipleWriteLocations") is true;
        var locations = account.LiveRegions.Select(r => Location(account, r)).ToArray();
        properties["writeLocations"] = new JsonArray([.. locations.Where((_, i) => i == 0 || isMultipleWrite).Select(l => l.Copy())]);
        properties["readLocations"] = new JsonArray([.. locations.Select(l => l.Copy())]);
        properties["locations"] = new JsonArray([.. locations.Select(l => l.Copy())]);
        properties["failoverPolicies"] = new JsonArray([.. account.LiveRegions.Select(r => (JsonNode)new JsonObject
        {
            ["id"] = $"{account.Name}-{AzureLocations.Name(r.Name)}",
            ["locationName"] = r.Name,
            ["failoverPriority"] = r.FailoverPriority,
        })]);
        if (account.PrivateEndpoints.Count > 0)
            properties["privateEndpointConnections"] = account.PrivateEndpoints.Copy();

        return new JsonObject
        {
            ["id"] = Id(azure, account),
            ["name"] = account.Name,
            ["location"] = account.Location,
            ["type"] = AccountType,
            ["kind"] = "GlobalDocumentDB",
            ["tags"] = JsonNodes.Of(account.Tags),
            ["systemData"] = new JsonObject { ["createdAt"] = AzureTime.Fine(account.CreatedAt) },
            ["properties"] = properties,
            ["identity"] = account.Identity?.Copy() ?? new JsonObject { ["type"] = "None" },
        };
    }

    /// <summary>The row of an account in the list of what can be restored.</summary>
    public static JsonObject Restorable(AzureSubscription azure, CosmosAccount account, DateTimeOffset now)
    {
        var properties = new JsonObject
        {
            ["accountName"] = account.Name,
            ["apiType"] = "Sql",
            ["creationTime"] = AzureTime.Fine(account.CreatedAt),
        };
        if (account.DeletedAt is { } deletedAt)
            properties["deletionTime"] = AzureTime.Fine(deletedAt);

        if (account.OldestRestorable(now) is { } oldest)
            properties["oldestRestorableTime"] = AzureTime.Fine(oldest);

        var regions = azure.Cosmos.WithoutRegions.Contains(account.InstanceId) ? [] : account.Regions;
        properties["restorableLocations"] = new JsonArray([.. regions.Select(r =>
        {
            var row = new JsonObject
            {
                ["locationName"] = r.Name,
                ["regionalDatabaseAccountInstanceId"] = r.InstanceId,
                ["creationTime"] = AzureTime.Fine(r.CreatedAt),
            };
            if (r.DeletedAt is { } goneAt)
                row["deletionTime"] = AzureTime.Fine(goneAt);

            return (JsonNode)row;
        })]);
        return new JsonObject
        {
            ["id"] = RestorableId(azure, account),
            ["name"] = account.InstanceId,
            ["type"] = "Microsoft.DocumentDB/locations/restorableDatabaseAccounts",
            ["location"] = account.Location,
            ["properties"] = properties,
        };
    }

    public static string RestorableId(AzureSubscription azure, CosmosAccount account) =>
        $"/subscriptions/{azure.Id}/providers/Microsoft.DocumentDB/locations/{AzureLocations.Name(account.Location)}"
        + $"/restorableDatabaseAccounts/{account.InstanceId}";

    public static JsonObject Describe(string accountId, SqlDatabase database) => Child(
        $"{accountId}/sqlDatabases/{database.Name}",
        "sqlDatabases",
        database.Name,
        new JsonObject
        {
            ["id"] = database.Name,
            ["_rid"] = database.Rid,
            ["_self"] = $"dbs/{database.Rid}/",
            ["_colls"] = "colls/",
            ["_users"] = "users/",
        },
        database.CreatedAt);

    public static JsonObject Describe(string databaseId, SqlContainer container)
    {
        var resource = container.Definition.Copy();
        resource["id"] = container.Name;
        resource["_rid"] = container.Rid;
        resource["_docs"] = "docs/";
        resource["_sprocs"] = "sprocs/";
        return Child(
            $"{databaseId}/containers/{container.Name}", "sqlDatabases/containers", container.Name, resource, container.Definitions[^1].At);
    }

    public static JsonObject Procedure(string containerId, SqlContainer container, string name) => Child(
        $"{containerId}/storedProcedures/{name}",
        "sqlDatabases/containers/storedProcedures",
        name,
        new JsonObject { ["id"] = name, ["body"] = container.Procedures[name], ["_rid"] = $"{container.Rid}AAAAgA==" },
        container.CreatedAt);

    public static JsonObject Throughput(string parentId, string parentType, CosmosThroughput throughput, DateTimeOffset at)
    {
        var resource = new JsonObject
        {
            ["throughput"] = throughput.IsAutoscale ? throughput.Units / 10 : throughput.Units,
            ["minimumThroughput"] = throughput.Minimum.ToString(CultureInfo.InvariantCulture),
            ["offerReplacePending"] = "false",
        };
        if (throughput.IsAutoscale)
            resource["autoscaleSettings"] = new JsonObject { ["maxThroughput"] = throughput.Units };

        return Child($"{parentId}/throughputSettings/default", $"{parentType}/throughputSettings", "default", resource, at);
    }

    private static string Endpoint(string account) => $"https://{account}.documents.azure.com:443/";

    private static JsonObject Location(CosmosAccount account, AccountRegion region)
    {
        var location = new JsonObject
        {
            ["id"] = $"{account.Name}-{AzureLocations.Name(region.Name)}",
            ["locationName"] = region.Name,
            ["provisioningState"] = account.State,
            ["failoverPriority"] = region.FailoverPriority,
            ["isZoneRedundant"] = region.IsZoneRedundant,
        };
        var shown = account.ShownAs ?? (account.State == "Creating" ? null : account.Name);
        if (shown is not null)
            location["documentEndpoint"] = Endpoint($"{shown}-{AzureLocations.Name(region.Name)}");

        return location;
    }

    private static JsonObject Child(string id, string type, string name, JsonObject resource, DateTimeOffset at)
    {
        resource["_ts"] = at.ToUnixTimeSeconds();
        resource["_etag"] = $"\"{at.ToUnixTimeMilliseconds():x16}\"";
        return new JsonObject
        {
            ["id"] = id,
            ["type"] = $"{AccountType}/{type}",
            ["name"] = name,
            ["properties"] = new JsonObject { ["resource"] = resource },
        };
    }
}
