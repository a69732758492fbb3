using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>PUT of an account with createMode Restore (domain/azure.md, sections 1.2 to 1.5).</summary>
internal static class AccountRestore
{
    public static ArmAnswer Run(ArmCall call)
    {
        var azure = call.Azure;
        var name = call["account"];
        AccountReader.RefuseBadName(name);
        if (azure.Cosmos.Accounts.TryGetValue(name, out var taken))
            throw taken.IsBusy ? CosmosErrors.Busy(name) : CosmosErrors.NameTaken(name);

        var parameters = call.Properties.Object("restoreParameters")
            ?? throw ArmErrors.BadRequest("The property 'restoreParameters' is required when createMode is Restore.");
        if (parameters.Text("restoreMode") is { } mode && mode != "PointInTime")
            throw ArmErrors.BadRequest($"Invalid value '{mode}' for restoreMode.");

        // Inherited; who sends it is refused (Azure/azure-rest-api-specs#22001).
        if (call.Properties.Text("defaultIdentity") is not null)
            throw ArmErrors.BadRequest("The property 'defaultIdentity' cannot be set when restoring an account.");

        var source = Source(azure, parameters.Text("restoreSource"), call.Now);
        var at = RestoreTime(call, source, parameters.Text("restoreTimestampInUtc"));
        var region = Region(call, source, parameters.Text("sourceBackupLocation"), at);
        var databases = Chosen(source, parameters, at);
        var properties = Properties(source, call.Properties);
        var restored = new CosmosAccount
        {
            Name = name,
            Group = azure.GetGroup(call["group"]).Name,
            InstanceId = azure.NewGuid(),
            CreatedAt = call.Now,
            Location = AzureLocations.DisplayName(call.Body.Text("location") ?? region.Name),
            State = "Creating",
            Properties = properties,
            Keys = CosmosLifecycle.NewKeys(azure),
            RestoreParameters = Told(parameters, at),
            ShownAs = source.Name,
            Tags = call.Body.Texts("tags") ?? new(StringComparer.Ordinal),
            Identity = call.Body.Object("identity")?.Copy(),
        };
        AccountUpdate.SetRegions(azure, restored, [region], call.Now);
        azure.Cosmos.Accounts.Add(name, restored);
        var failure = CosmosLifecycle.Failure(azure.Settings.Cosmos.FailRestores, name);
        var withoutTtl = parameters.Flag("restoreWithTtlDisabled") is true;
        var operation = CosmosLifecycle.Begin(
            call, restored, azure.Settings.Cosmos.RestoreAccountSeconds, "restore-account", failure, doneAt =>
            {
                restored.State = failure is null ? "Succeeded" : "Failed";
                if (failure is not null)
                    return;

                restored.ShownAs = null;
                AccountUpdate.SetBackups(restored, doneAt);
                foreach (var (database, containers) in databases)
                    restored.Databases.Add(Copy(azure, database, containers, at, doneAt, withoutTtl));
            });
        return AccountUpdate.Answer(call, restored, operation);
    }

    private static CosmosAccount Source(AzureSubscription azure, string? id, DateTimeOffset now)
    {
        var path = ArmRequest.Split(id);
        if (path is not ["subscriptions", _, "providers", _, "locations", _, "restorableDatabaseAccounts", var instance])
            throw ArmErrors.BadRequest("The restore source is not the id of a restorable database account.");

        return azure.Cosmos.Restorable(now).FirstOrDefault(a =>
                string.Equals(a.InstanceId, instance, StringComparison.OrdinalIgnoreCase) && AzureLocations.AreEqual(a.Location, path[5]))
            ?? throw ArmErrors.BadRequest(
                $"Could not find a restorable database account with the instance id {instance} in {path[5]}. Only accounts with continuous backups can be restored.");
    }

    private static DateTimeOffset RestoreTime(ArmCall call, CosmosAccount source, string? text)
    {
        // The service cuts to whole seconds.
        var at = AzureTime.Read(text) is { } read
            ? DateTimeOffset.FromUnixTimeSeconds(read.ToUnixTimeSeconds())
            : throw ArmErrors.BadRequest("Invalid restore timestamp");
        if (at < source.CreatedAt.AddTicks(-(source.CreatedAt.Ticks % TimeSpan.TicksPerSecond)))
            throw CosmosErrors.Timestamp("after the account has been created");

        var lag = call.Azure.Draw(call.Azure.Settings.Cosmos.BackupLagSeconds, "backup-lag", source.Name);
        return at > call.Now - lag ? throw CosmosErrors.Timestamp("that is not later than the latest restorable time")
            : source.DeletedAt is { } goneAt && at > goneAt ? throw CosmosErrors.Timestamp("before the account has been deleted")
            : at < source.OldestRestorable(call.Now)!.Value.AddSeconds(-1)
                ? throw CosmosErrors.Timestamp("that the continuous backups still reach back to")
            : at;
    }

    private static (string Name, int Priority, bool IsZoneRedundant) Region(
        ArmCall call, CosmosAccount source, string? backupLocation, DateTimeOffset at)
    {
        var regions = AccountReader.Regions(call.Properties);
        if (regions is not [var region])
            throw ArmErrors.BadRequest("A restored account must have exactly one location.");

        // Where the backup comes from another region, the target may be any.
        var origin = backupLocation ?? region.Name;
        return source.Regions.Exists(r => AzureLocations.AreEqual(r.Name, origin) && r.Existed(at < r.CreatedAt ? at.AddSeconds(1) : at))
            ? region
            : throw ArmErrors.BadRequest(
                $"Cannot find regional database account: the account {source.Name} did not exist in {origin} at the restore timestamp.");
    }

    private static List<(SqlDatabase Database, List<SqlContainer> Containers)> Chosen(
        CosmosAccount source, JsonObject parameters, DateTimeOffset at)
    {
        var asked = parameters.Objects("databasesToRestore").ToArray();
        var there = source.DatabasesAt(at).ToArray();
        if (there.Length == 0)
            throw ArmErrors.BadRequest(
                $"Database account {source.Name} contains no restorable resources at the given restore timestamp.");

        if (asked.Length == 0)
            return [.. there.Select(d => (d, d.ContainersAt(at).ToList()))];

        return [.. asked.Select(ask =>
        {
            var name = ask.Text("databaseName");
            var database = Array.Find(there, d => d.Name == name)
                ?? throw ArmErrors.BadRequest($"The database '{name}' did not exist at the restore timestamp.");
            var names = ask.Array("collectionNames")?.Select(c => c?.ToString()).ToArray() ?? [];
            var containers = database.ContainersAt(at).ToList();
            if (names.Length == 0)
                return (database, containers);

            if (Array.Find(names, n => !containers.Exists(c => c.Name == n)) is { } missing)
                throw ArmErrors.BadRequest($"The container '{missing}' of the database '{name}' did not exist at the restore timestamp.");

            return database.Throughput is not null && names.Length < containers.Count
                ? throw ArmErrors.BadRequest($"The database '{name}' shares its throughput and can only be restored as a whole.")
                : (database, containers.FindAll(c => names.Contains(c.Name, StringComparer.Ordinal)));
        })];
    }

    // Of the source only what the account is made of comes along. A consistency policy in the call is ignored
    // (Azure/azure-rest-api-specs#24607).
    private static JsonObject Properties(CosmosAccount source, JsonObject asked)
    {
        var properties = CosmosDefaults.Properties(isRestore: true);
        foreach (var name in new[] { "capabilities", "backupPolicy", "defaultIdentity", "keyVaultKeyUri" })
        {
            if (source.Properties[name] is { } value)
                properties[name] = value.DeepClone();
        }

        var changes = AccountReader.Changes(asked);
        changes.Remove("consistencyPolicy");
        if (changes.Object("backupPolicy").Text("type") == "Periodic")
            throw ArmErrors.BadRequest("A restored account has continuous backups.");

        AccountUpdate.Lay(properties, changes);
        return properties;
    }

    private static JsonObject Told(JsonObject parameters, DateTimeOffset at)
    {
        var told = new JsonObject
        {
            ["restoreMode"] = "PointInTime",
            ["restoreSource"] = parameters.Text("restoreSource"),
            ["restoreTimestampInUtc"] = AzureTime.Seconds(at),
        };
        foreach (var name in new[] { "databasesToRestore", "sourceBackupLocation", "restoreWithTtlDisabled" })
        {
            if (parameters.Member(name) is { } value)
                told[name] = value.DeepClone();
        }

        return told;
    }

    private static SqlDatabase Copy(
        AzureSubscription azure, SqlDatabase source, IEnumerable<SqlContainer> containers, DateTimeOffset asOf, DateTimeOffset now,
        bool withoutTtl)
    {
        var copy = DatabaseOperations.Make(azure, source.Name, now, source.Throughput);
        foreach (var container in containers)
        {
            var definition = container.DefinitionAt(asOf).Copy();
            if (withoutTtl)
                definition.Remove("defaultTtl");

            // Custom conflict policies of accounts with many writers become the plain one.
            if (definition.Object("conflictResolutionPolicy").Text("mode") == "Custom")
                definition["conflictResolutionPolicy"] = CosmosDefaults.Container()["conflictResolutionPolicy"]!.DeepClone();

            var restored = new SqlContainer
            {
                Name = container.Name,
                Rid = CosmosLifecycle.NewRid(azure),
                CreatedAt = now,
                Throughput = container.Throughput,
                Items = container.Items.Restore(asOf, now),
            };
            restored.Definitions.Add((now, definition));
            copy.Containers.Add(restored);
        }

        return copy;
    }
}
