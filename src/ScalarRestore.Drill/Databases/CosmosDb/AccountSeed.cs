using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Azure;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>Accounts in which everything is otherwise than the service would set it: what a restore forgets is then seen.</summary>
internal static class AccountSeed
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(2);

    /// <summary>What the sandbox is to make.</summary>
    public static JsonObject Of(AzureSource source, DateTimeOffset now) => new()
    {
        ["group"] = AzureKind.Group,
        ["location"] = AzureKind.Location,
        ["locations"] = new JsonArray(AzureKind.Location, "eastus"),
        ["createdAt"] = (now - Age).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["tags"] = new JsonObject { ["team"] = source.Release.Name, ["cost centre"] = "c1" },
        ["properties"] = new JsonObject
        {
            ["consistencyPolicy"] = new JsonObject { ["defaultConsistencyLevel"] = "Strong" },
            ["backupPolicy"] = new JsonObject { ["type"] = "Continuous", ["continuousModeProperties"] = new JsonObject { ["tier"] = "Continuous7Days" } },
            ["minimalTlsVersion"] = "Tls12",
            ["isVirtualNetworkFilterEnabled"] = true,
            ["ipRules"] = new JsonArray(new JsonObject { ["ipAddressOrRange"] = "203.0.113.7" }, new JsonObject { ["ipAddressOrRange"] = "198.51.100.0/24" }),
            ["virtualNetworkRules"] = new JsonArray(new JsonObject
            {
                ["id"] = "/subscriptions/s/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/pods", ["ignoreMissingVNetServiceEndpoint"] = false,
            }),
            ["networkAclBypass"] = "AzureServices",
            ["cors"] = new JsonArray(new JsonObject { ["allowedOrigins"] = "https://example.com" }),
            ["enableAutomaticFailover"] = true,
            ["enableBurstCapacity"] = true,
            ["disableKeyBasedMetadataWriteAccess"] = true,
        },
        ["databases"] = new JsonObject(source.Tables.GroupBy(table => table.Database, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)new JsonObject
        {
            ["throughput"] = Throughput(group.Key),
            ["containers"] = new JsonObject(group.Select(table => KeyValuePair.Create(table.Name, (JsonNode?)Container(table)))),
        }))),
    };

    // As Schema Loader sets it: shared by all containers of a database, scaled by itself from 4000 units on.
    private static JsonObject Throughput(string database) => database switch
    {
        "app" => new JsonObject { ["throughput"] = 800 },
        "scalar" or "auditor" => new JsonObject { ["autoscaleSettings"] = new JsonObject { ["maxThroughput"] = 4000 } },
        _ => new JsonObject { ["throughput"] = 400 },
    };

    // As Schema Loader makes it. A time to live on one of them is seen only if a restore loses it.
    private static JsonObject Container(AzureTable table)
    {
        var resource = new JsonObject
        {
            ["partitionKey"] = new JsonObject { ["paths"] = new JsonArray(table.IsMetadata ? "/id" : "/concatenatedPartitionKey"), ["kind"] = "Hash" },
            ["indexingPolicy"] = new JsonObject
            {
                ["indexingMode"] = "consistent",
                ["automatic"] = true,
                ["includedPaths"] = new JsonArray(new JsonObject { ["path"] = "/concatenatedPartitionKey/?" }),
                ["excludedPaths"] = new JsonArray(new JsonObject { ["path"] = "/*" }),
            },
        };
        if (table.Name is "t1" or "asset_lock")
        {
            resource["defaultTtl"] = -1;
        }

        var seed = new JsonObject { ["resource"] = resource };
        if (!table.IsMetadata)
        {
            seed["procedures"] = new JsonObject { [CosmosKind.Mutate] = "function mutate(operations) { /* ScalarDB's */ }" };
        }

        return seed;
    }
}
