using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Cosmos;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;
using ScalarRestore.Sandbox.Azure.Data;

namespace ScalarRestore.Sandbox.Control;

/// <summary>The state of Azure Cosmos DB: accounts as their own answers tell them, and what is in them.</summary>
internal static class CosmosDump
{
    // New in every run, or moving with the clock; keys are never told.
    private static readonly string[] Volatile = ["instanceId", "keysMetadata", "restoreParameters"];

    public static JsonObject Account(AzureSubscription azure, CosmosAccount account, DateTimeOffset now, bool includeVolatile)
    {
        var dump = CosmosJson.Describe(azure, account);
        if (!includeVolatile)
        {
            dump.Remove("systemData");
            foreach (var name in Volatile)
                dump["properties"]!.AsObject().Remove(name);
        }

        dump["restoredTo"] = includeVolatile ? account.RestoreParameters.Text("restoreTimestampInUtc") : null;
        dump["databases"] = new JsonArray([.. account.DatabasesAt(now).Select(d => (JsonNode)new JsonObject
        {
            ["name"] = d.Name,
            ["throughput"] = Throughput(d.Throughput),
            ["containers"] = new JsonArray([.. d.ContainersAt(now).Select(c => Container(c, now))]),
        })]);
        return dump;
    }

    private static JsonNode Container(SqlContainer container, DateTimeOffset now)
    {
        var items = container.Items.ToJson(now);
        return new JsonObject
        {
            ["name"] = container.Name,
            ["definition"] = container.Definition.Copy(),
            ["throughput"] = Throughput(container.Throughput),
            ["procedures"] = JsonNodes.Of(container.Procedures),
            ["itemCount"] = items.Count,
            ["itemsSha256"] = ItemHistory.Digest(items),
        };
    }

    private static JsonNode? Throughput(CosmosThroughput? throughput) =>
        throughput is { } units ? new JsonObject { ["units"] = units.Units, ["autoscale"] = units.IsAutoscale } : null;
}
