using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>Makes accounts in which everything is otherwise than the service would set it: what a restore forgets is then seen.</summary>
internal sealed class AccountMaker(SandboxChild sandbox, ItemMaker items)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(2);

    /// <summary>Makes the group of all of them.</summary>
    public Task MakeGroupAsync(CancellationToken cancellationToken) => sandbox.Control.SetAsync($"azure/groups/{AccountApi.Group}", new JsonObject { ["location"] = "westus" }, cancellationToken);

    /// <summary>Makes one, with known items.</summary>
    public async Task MakeAsync(AccountSource source, CancellationToken cancellationToken)
    {
        await sandbox.Control.SetAsync($"azure/cosmos/accounts/{source.Name}", Seed(source), cancellationToken);
        await WriteAsync(source, container => items.Good(source, container), cancellationToken);
    }

    /// <summary>Writes to every container.</summary>
    public async Task WriteAsync(AccountSource source, Func<ContainerSpec, JsonObject> write, CancellationToken cancellationToken)
    {
        foreach (var container in source.Containers)
        {
            await sandbox.Control.WriteItemsAsync(
                source.Name, new JsonObject { ["database"] = container.Database, ["container"] = container.Name, ["items"] = write(container) }, cancellationToken);
        }
    }

    /// <summary>Reads every item.</summary>
    public async Task<Snapshot> ReadAsync(AccountSource source, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot();
        foreach (var container in source.Containers)
        {
            var found = await sandbox.Control.ItemsAsync(source.Name, container.Database, container.Name, cancellationToken);
            snapshot.Add(container.Path, found.Select(item => $"{item.Key} {item.Value!.ToJsonString()}"));
        }

        return snapshot;
    }

    private JsonObject Seed(AccountSource source) => new()
    {
        ["group"] = AccountApi.Group,
        ["location"] = "westus",
        ["locations"] = new JsonArray("westus", "eastus"),
        ["createdAt"] = (sandbox.Now - Age).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
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
        ["databases"] = new JsonObject(source.Containers.GroupBy(container => container.Database, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)new JsonObject
        {
            ["throughput"] = Throughput(group.Key),
            ["containers"] = new JsonObject(group.Select(container => KeyValuePair.Create(container.Name, (JsonNode?)container.ToSeed()))),
        }))),
    };

    // As Schema Loader sets it: shared by all containers of a database, scaled by itself from 4000 units on.
    private static JsonObject Throughput(string database) => database switch
    {
        "app" => new JsonObject { ["throughput"] = 800 },
        "scalar" or "auditor" => new JsonObject { ["autoscaleSettings"] = new JsonObject { ["maxThroughput"] = 4000 } },
        _ => new JsonObject { ["throughput"] = 400 },
    };
}
