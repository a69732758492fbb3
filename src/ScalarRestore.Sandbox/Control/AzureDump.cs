using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Servers.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Control;

/// <summary>The state of Azure.</summary>
internal static class AzureDump
{
    public static JsonObject Subscription(AzureSubscription azure, bool includeVolatile)
    {
        lock (azure.Lock)
        {
            var now = azure.Advance();
            var dump = new JsonObject
            {
                ["subscription"] = azure.Id,
                ["groups"] = new JsonArray([.. azure.Groups.Values.Select(g => (JsonNode)g.Name)]),
                ["locks"] = JsonSerializer.SerializeToNode(azure.Locks, SandboxJson.Options),
                ["cosmos"] = new JsonArray([.. azure.Cosmos.Accounts.Values.Select(a => CosmosDump.Account(azure, a, now, includeVolatile))]),
                ["mysql"] = ServerDump.Servers(azure, ServerEngine.MySql, now, includeVolatile),
                ["postgresql"] = ServerDump.Servers(azure, ServerEngine.PostgreSql, now, includeVolatile),
                ["deletedCosmos"] = new JsonArray([.. azure.Cosmos.Gone.Select(a => (JsonNode)a.Name)]),
            };
            if (includeVolatile)
                dump["operations"] = Operations(azure, now);

            return dump;
        }
    }

    /// <summary>The long-running operations so far, without the signatures of their addresses: those are as good as secrets.</summary>
    public static JsonArray Operations(AzureSubscription azure, DateTimeOffset now) => new([.. azure.Operations.All.Select(o => (JsonNode)new JsonObject
    {
        ["id"] = o.Id,
        ["resourceId"] = o.ResourceId,
        ["startedAt"] = o.StartedAt,
        ["endsAt"] = o.EndsAt,
        ["status"] = o.Status(now),
    })]);
}
