using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>What can be restored: accounts, and what was in them when (domain/azure.md, section 1.1).</summary>
internal static class RestorableOperations
{
    public static ArmAnswer List(ArmCall call) => ArmList.Page(call, call.Azure.Cosmos.Restorable(call.Now)
        .Where(a => !call.Values.TryGetValue("location", out var location) || AzureLocations.AreEqual(a.Location, location))
        .Select(a => CosmosJson.Restorable(call.Azure, a, call.Now)));

    public static ArmAnswer Get(ArmCall call) => ArmAnswer.Ok(CosmosJson.Restorable(call.Azure, Find(call), call.Now));

    /// <summary>What a restore of an account that is there would bring back.</summary>
    public static ArmAnswer Resources(ArmCall call)
    {
        var account = Find(call);
        if (account.DeletedAt is not null)
            throw CosmosErrors.AccountNotThere(account.Name);

        var at = AzureTime.Read(call.Request.Query.GetValueOrDefault("restoreTimestampInUtc"))
            ?? throw ArmErrors.BadRequest("Invalid restore timestamp");
        var location = call.Request.Query.GetValueOrDefault("restoreLocation");
        if (location is null || !account.Regions.Exists(r => AzureLocations.AreEqual(r.Name, location)))
            throw ArmErrors.BadRequest($"Cannot find regional database account in '{location}'.");

        // Flat rows: nothing here is a resource.
        return ArmList.Page(call, account.DatabasesAt(at).Select(d => new JsonObject
        {
            ["databaseName"] = d.Name,
            ["collectionNames"] = new JsonArray([.. d.ContainersAt(at).Select(c => (JsonNode)c.Name)]),
        }));
    }

    public static ArmAnswer Databases(ArmCall call)
    {
        var account = Find(call);
        return ArmList.Page(call, account.Databases
            .SelectMany(d => Events(d.CreatedAt, [], d.DeletedAt)
                .Select(e => (e.At, Row: Row(call, account, "restorableSqlDatabases", e, d.Rid, d.Name, "database", Database(d)))))
            .OrderBy(e => e.At).Select(e => e.Row));
    }

    public static ArmAnswer Containers(ArmCall call)
    {
        var account = Find(call);
        var rid = call.Request.Query.GetValueOrDefault("restorableSqlDatabaseRid");
        return ArmList.Page(call, account.Databases
            .Where(d => rid is null || d.Rid == rid)
            .SelectMany(d => d.Containers)
            .SelectMany(c => Events(c.CreatedAt, c.Definitions.Skip(1).Select(f => f.At), c.DeletedAt)
                .Select(e => (e.At, Row: Row(call, account, "restorableSqlContainers", e, c.Rid, c.Name, "container", Container(c, e.At)))))
            .OrderBy(e => e.At).Select(e => e.Row));
    }

    /// <summary>The newest time that a container can be restored to: known at once, or by an operation.</summary>
    public static ArmAnswer BackupInformation(ArmCall call)
    {
        var azure = call.Azure;
        var account = AccountReader.GetOpen(call);
        AccountReader.GetContainer(call, AccountReader.GetDatabase(call, account));
        if (account.ContinuousSince is null)
            throw ArmErrors.BadRequest($"The account {account.Name} has no continuous backups.");

        var location = call.Body.Text("location");
        if (location is null || !account.LiveRegions.Any(r => AzureLocations.AreEqual(r.Name, location)))
            throw ArmErrors.BadRequest($"The account {account.Name} does not exist in '{location}'.");

        var latest = call.Now - azure.Draw(azure.Settings.Cosmos.BackupLagSeconds, "backup-lag", account.Name);
        var information = new JsonObject
        {
            ["continuousBackupInformation"] = new JsonObject { ["latestRestorableTimestamp"] = AzureTime.Seconds(latest) },
        };
        var time = azure.Draw(azure.Settings.Cosmos.BackupInformationSeconds, "backup-information", account.Name);
        if (time == TimeSpan.Zero)
            return ArmAnswer.Ok(information);

        var begun = azure.Operations.Begin(
            call, azure.NewGuid(), "Microsoft.DocumentDB", account.Location, CosmosJson.Id(azure, account), call.Now + time);
        var operation = begun with
        {
            Result = () => information.Copy(),
            RetryAfter = azure.Settings.Cosmos.RetryAfterSeconds,
        };
        return new ArmAnswer(202) { Headers = azure.Operations.Headers(call, operation) };
    }

    private static CosmosAccount Find(ArmCall call)
    {
        var instance = call["instance"];
        return call.Azure.Cosmos.Restorable(call.Now).FirstOrDefault(a =>
                string.Equals(a.InstanceId, instance, StringComparison.OrdinalIgnoreCase)
                && AzureLocations.AreEqual(a.Location, call["location"]))
            ?? throw CosmosErrors.NotFound("RestorableDatabaseAccount", instance);
    }

    private static IEnumerable<(DateTimeOffset At, string Type)> Events(
        DateTimeOffset created, IEnumerable<DateTimeOffset> replaced, DateTimeOffset? deleted)
    {
        yield return (created, "Create");
        foreach (var at in replaced)
            yield return (at, "Replace");

        if (deleted is { } goneAt)
            yield return (goneAt, "Delete");
    }

    private static JsonObject Row(
        ArmCall call, CosmosAccount account, string feed, (DateTimeOffset At, string Type) what, string rid, string name, string member,
        JsonObject resource)
    {
        var id = call.Azure.NewGuid();
        return new JsonObject
        {
            ["id"] = $"{CosmosJson.RestorableId(call.Azure, account)}/{feed}/{id}",
            ["type"] = $"Microsoft.DocumentDB/locations/restorableDatabaseAccounts/{feed}",
            ["name"] = id,
            ["properties"] = new JsonObject
            {
                ["resource"] = new JsonObject
                {
                    ["_rid"] = rid,
                    ["eventTimestamp"] = AzureTime.Seconds(what.At),
                    ["ownerId"] = name,
                    ["ownerResourceId"] = rid,
                    ["operationType"] = what.Type,
                    [member] = resource,
                },
            },
        };
    }

    private static JsonObject Database(SqlDatabase database) => new() { ["id"] = database.Name, ["_rid"] = database.Rid };

    private static JsonObject Container(SqlContainer container, DateTimeOffset at)
    {
        var resource = container.DefinitionAt(at).Copy();
        resource["id"] = container.Name;
        resource["_rid"] = container.Rid;
        return resource;
    }
}
