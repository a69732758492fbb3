using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Data;
using ScalarRestore.Sandbox.Azure.Servers;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Control;

/// <summary>The state of the flexible servers: each as its own answers tell it, and what belongs to it.</summary>
internal static class ServerDump
{
    public static JsonArray Servers(AzureSubscription azure, ServerEngine engine, DateTimeOffset now, bool includeVolatile) =>
        new([.. azure.Servers(engine).Servers.Values.Select(s => Server(azure, s, now, includeVolatile))]);

    private static JsonNode Server(AzureSubscription azure, FlexibleServer server, DateTimeOffset now, bool includeVolatile)
    {
        var dump = ServerJson.Describe(azure, server, now);
        if (!includeVolatile)
        {
            dump.Remove("systemData");
            dump["properties"]!["backup"]!.AsObject().Remove("earliestRestoreDate");
        }

        dump["unseen"] = server.IsUnseen;
        dump["restoredTo"] = includeVolatile ? server.RestoredTo : null;
        dump["firewallRules"] = new JsonObject(
            server.FirewallRules.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)$"{r.Value.Start}-{r.Value.End}")));
        dump["configurations"] = new JsonObject(server.Parameters.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)new JsonObject
        {
            ["value"] = p.Value.Value, ["pendingRestart"] = p.Value.IsPendingRestart,
        })));
        dump["administrators"] = new JsonObject(
            server.Administrators.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value.Copy())));
        dump["databases"] = new JsonArray([.. server.DatabasesAt(now).Select(d => (JsonNode)new JsonObject
        {
            ["name"] = d.Name,
            ["tables"] = new JsonArray([.. d.Tables.Select(t => Table(t.Key, t.Value.ToJson(now)))]),
        })]);
        return dump;
    }

    private static JsonNode Table(string name, JsonObject rows) => new JsonObject
    {
        ["name"] = name, ["itemCount"] = rows.Count, ["itemsSha256"] = ItemHistory.Digest(rows),
    };
}
