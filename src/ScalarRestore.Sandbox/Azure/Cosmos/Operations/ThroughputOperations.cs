using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>Request units of databases and containers (domain/azure.md, section 1.1).</summary>
internal static class ThroughputOperations
{
    public static ArmAnswer Get(ArmCall call)
    {
        var place = Find(call);
        return ArmAnswer.Ok(CosmosJson.Throughput(place.Id, place.Type, place.Units, place.At));
    }

    public static ArmAnswer Put(ArmCall call)
    {
        var place = Find(call);
        var units = Read(call.Properties.Object("resource"), place.Account)
            ?? throw ArmErrors.BadRequest("The throughput is required.");
        if (units.IsAutoscale != place.Units.IsAutoscale)
            throw ArmErrors.BadRequest("Use migrateToAutoscale or migrateToManualThroughput to change the kind of the throughput.");

        return Change(call, place, units);
    }

    public static ArmAnswer ToAutoscale(ArmCall call)
    {
        var place = Find(call);
        return Change(call, place, place.Units with { IsAutoscale = true, Units = Math.Max(place.Units.Units, 1000) });
    }

    public static ArmAnswer ToManual(ArmCall call)
    {
        var place = Find(call);
        return Change(call, place, place.Units with { IsAutoscale = false });
    }

    /// <summary>The units asked for; null where nothing is said of them.</summary>
    public static CosmosThroughput? Read(JsonObject? json, CosmosAccount account)
    {
        CosmosThroughput? asked = json.Object("autoscaleSettings").Number("maxThroughput") is { } most
                ? new CosmosThroughput(most, IsAutoscale: true)
            : json.Number("throughput") is { } units ? new CosmosThroughput(units, IsAutoscale: false)
            : null;
        if (asked is not { } throughput)
            return null;

        if (account.IsServerless)
            throw ArmErrors.BadRequest("Setting offer throughput or autopilot on a serverless account is not supported.");

        var step = throughput.IsAutoscale ? 1000 : 100;
        return throughput.Units < throughput.Minimum || throughput.Units % step != 0
            ? throw ArmErrors.BadRequest("The offer's throughput is below the minimum or no multiple of its step.")
            : throughput;
    }

    private static ArmAnswer Change(ArmCall call, Place place, CosmosThroughput units) => CosmosLifecycle.Child(
        call,
        place.Account,
        $"{place.Id}/throughputSettings/default",
        _ => place.Set(units),
        () => CosmosJson.Throughput(place.Id, place.Type, units, place.At));

    private static Place Find(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        var id = DatabaseOperations.DatabaseId(call, account, database);
        if (!call.Values.ContainsKey("container"))
        {
            return new Place(
                account, id, "sqlDatabases", database.Throughput ?? throw Missing(id), database.CreatedAt, t => database.Throughput = t);
        }

        var container = AccountReader.GetContainer(call, database);
        var containerId = $"{id}/containers/{container.Name}";
        return new Place(
            account,
            containerId,
            "sqlDatabases/containers",
            container.Throughput ?? throw Missing(containerId),
            container.CreatedAt,
            t => container.Throughput = t);
    }

    // With none of its own there is nothing to be found.
    private static ArmException Missing(string id) => CosmosErrors.NotFound("Offer", id);

    private sealed record Place(
        CosmosAccount Account, string Id, string Type, CosmosThroughput Units, DateTimeOffset At, Action<CosmosThroughput> Set);
}
