using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>What belongs to a server and can only be listed here.</summary>
internal static class RelatedOperations
{
    public static ArmAnswer PrivateEndpoints(ArmCall call, ServerEngine engine) =>
        Page(call, ServerReader.Get(call, engine).PrivateEndpoints);

    public static ArmAnswer VirtualEndpoints(ArmCall call, ServerEngine engine) =>
        Page(call, ServerReader.Get(call, engine).VirtualEndpoints);

    public static ArmAnswer Replicas(ArmCall call, ServerEngine engine)
    {
        var id = ServerJson.Id(call.Azure, ServerReader.Get(call, engine));
        return ArmList.Page(call, call.Azure.Servers(engine).Seen
            .Where(s => s.ReplicaOf == id).Select(s => ServerJson.Describe(call.Azure, s, call.Now)));
    }

    /// <summary>One full backup a day, as far as they are kept.</summary>
    public static ArmAnswer Backups(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        var backups = new List<JsonObject>();
        if (server.BackedUpAt is { } first)
        {
            for (var at = first; at <= call.Now; at = at.AddDays(1))
            {
                if (at >= server.EarliestRestore(call.Now))
                    backups.Add(ServerJson.Backup(call.Azure, server, at));
            }
        }

        return ArmList.Page(call, backups);
    }

    private static ArmAnswer Page(ArmCall call, JsonArray items) => ArmList.Page(call, items.OfType<JsonObject>().Select(i => i.Copy()));
}
