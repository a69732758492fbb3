using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>PUT of a server with createMode PointInTimeRestore (domain/azure.md, sections 2, 3 and 3.1).</summary>
internal static class ServerRestore
{
    public static ArmAnswer Run(ArmCall call, ServerEngine engine)
    {
        var azure = call.Azure;
        ServerReader.RefuseBadName(call["server"]);
        if (azure.Servers(engine).Servers.TryGetValue(call["server"], out var taken))
            throw taken.IsBusy ? ServerErrors.Busy(taken.Name) : ServerErrors.NameTaken();

        var source = Source(call, engine);
        var at = RestoreTime(call, source);
        var changes = ServerReader.Changes(engine, call.Properties);
        RefuseOtherShape(call, source, changes);
        var settings = engine.Settings(azure.Settings);
        var properties = source.Properties.Copy();
        properties["highAvailability"] = ServerDefaults.HighAvailability();
        properties["maintenanceWindow"] = ServerDefaults.MaintenanceWindow();
        if (changes.Text("availabilityZone") is { } zone)
            properties["availabilityZone"] = zone;

        if (changes.Object("backup").Text("geoRedundantBackup") is { } redundancy)
            properties["backup"]!["geoRedundantBackup"] = redundancy;

        properties["network"] = Network(source, changes.Object("network"));
        if (changes.Object("dataEncryption") is { } encryption)
            properties["dataEncryption"] = encryption.Copy();

        var restored = new FlexibleServer
        {
            Engine = engine,
            Name = call["server"],
            Group = azure.GetGroup(call["group"]).Name,
            Location = source.Location,
            CreatedAt = call.Now,
            Origin = source.Origin,
            State = engine.BirthState,
            Sku = source.Sku.Copy(),
            Properties = properties,
            Identity = call.Body.Object("identity")?.Copy(),
            RestoredTo = at,
        };
        CarryOver(source, restored, settings, call.Body.Texts("tags"));
        var failure = settings.FailRestores.FirstOrDefault(f => Glob.Matches(f.Key, restored.Name)).Value;
        var task = new ServerTask("RestoreSnapshotManagementOperation", settings.RestoreSeconds, "restore-server");
        return ServerLifecycle.Start(call, restored, task with
        {
            Failure = failure,
            Done = now => CopyData(source, restored, at, now),
        });
    }

    /// <summary>The server that a call takes for its source.</summary>
    public static FlexibleServer Source(ArmCall call, ServerEngine engine)
    {
        var id = call.Properties.Text("sourceServerResourceId");
        if (ArmRequest.Split(id) is not [_, var subscription, _, var group, _, var provider, var type, var name]
            || !string.Equals(subscription, call.Azure.Id, StringComparison.OrdinalIgnoreCase)
            || !string.Equals($"{provider}/{type}", engine.ServerType, StringComparison.OrdinalIgnoreCase))
            throw ServerErrors.Invalid($"The source server '{id}' is not the id of a flexible server of {engine.Provider}.");

        return call.Azure.Servers(engine).Find(name, group) ?? throw ArmErrors.ResourceNotFound(engine.ServerType, name, group);
    }

    private static DateTimeOffset RestoreTime(ArmCall call, FlexibleServer source)
    {
        var at = AzureTime.Read(call.Properties.Text(source.Engine.TimeProperty)) ?? throw ServerErrors.Internal();
        var earliest = source.EarliestRestore(call.Now)
            ?? throw ServerErrors.Invalid($"The server '{source.Name}' has no backup yet that it could be restored from.");
        var settings = source.Engine.Settings(call.Azure.Settings);
        var latest = call.Now - call.Azure.Draw(settings.LogLagSeconds, "log-lag", source.Name);
        return at >= earliest && at <= latest
            ? at
            : throw ServerErrors.Invalid(
                $"The restore point in time is not valid: it must be between {AzureTime.Offset(earliest)} and {AzureTime.Offset(latest)}.");
    }

    // The version, the compute size and the storage are the source's; zone and network may be chosen.
    private static void RefuseOtherShape(ArmCall call, FlexibleServer source, JsonObject changes)
    {
        if (call.Body.Text("location") is not { } location || !AzureLocations.AreEqual(location, source.Location))
            throw ServerErrors.Invalid($"A server can only be restored in the location of its source, {source.Location}.");

        if (changes.Object("highAvailability").Text("mode") is not (null or "Disabled"))
            throw ServerErrors.Invalid("High availability cannot be enabled when a server is restored. Enable it afterwards.");

        if (changes.Text("version") is { } version && version != source.Properties.Text("version"))
            throw ServerErrors.Invalid("A server is restored with the version of its source.");

        if (changes.Object("storage").Number("storageSizeGB") is { } size
            && size != source.Properties.Object("storage").Number("storageSizeGB"))
            throw ServerErrors.Invalid("A server is restored with the storage size of its source.");

        if (call.Body.Object("sku").Text("name") is { } sku && sku != source.Sku.Text("name"))
            throw ServerErrors.Invalid("A server is restored with the compute size of its source.");

        if (source.Properties.Object("dataEncryption").Text("type") == "AzureKeyVault"
            && (call.Body.Object("identity") is null || changes.Object("dataEncryption") is null))
            throw ServerErrors.Invalid("The source is encrypted with a key of the customer: identity and dataEncryption are required.");
    }

    private static JsonObject Network(FlexibleServer source, JsonObject? asked)
    {
        if (asked is null)
            return source.Properties.Object("network")!.Copy();

        var isPrivate = asked.Text("delegatedSubnetResourceId") is { Length: > 0 };
        if (source.IsPrivate != isPrivate && (source.IsPrivate || !source.Engine.IsMySql))
            throw ServerErrors.Invalid("A server cannot be restored from private access to public access or the other way round.");

        if (!isPrivate)
            return new JsonObject { ["publicNetworkAccess"] = asked.Text("publicNetworkAccess") ?? "Enabled" };

        if (asked.Text(source.Engine.ZoneProperty) is not { } zone)
            throw ServerErrors.Invalid($"The property '{source.Engine.ZoneProperty}' is required with a delegated subnet.");

        return new JsonObject
        {
            ["publicNetworkAccess"] = "Disabled",
            ["delegatedSubnetResourceId"] = asked.Text("delegatedSubnetResourceId"),
            [source.Engine.ZoneProperty] = zone,
        };
    }

    private static void CarryOver(
        FlexibleServer source, FlexibleServer restored, FlexibleServerSettings settings, SortedDictionary<string, string>? tags)
    {
        foreach (var (name, value) in settings.TagsCopied ? source.Tags : [])
            restored.Tags[name] = value;

        foreach (var (name, value) in tags ?? [])
            restored.Tags[name] = value;

        if (settings.FirewallCopied && !restored.IsPrivate)
        {
            foreach (var (name, rule) in source.FirewallRules)
                restored.FirewallRules[name] = rule;
        }

        if (settings.ParametersApplied)
        {
            foreach (var (name, value) in source.Parameters.Where(p => !IsLost(source, p.Key)))
                restored.Parameters[name] = value with { IsPendingRestart = false };
        }

        if (settings.AdministratorsCopied)
        {
            foreach (var (name, value) in source.Administrators)
                restored.Administrators[name] = value.Copy();
        }
    }

    // The documentation of MySQL names these as the exceptions.
    private static bool IsLost(FlexibleServer source, string parameter) => source.Engine.IsMySql
        && (parameter == "time_zone" || (parameter == "event_scheduler" && source.Properties.Text("version") == "5.7"));

    private static void CopyData(FlexibleServer source, FlexibleServer restored, DateTimeOffset asOf, DateTimeOffset now)
    {
        foreach (var database in source.DatabasesAt(asOf))
        {
            var copy = new ServerDatabase
            {
                Name = database.Name, CreatedAt = now, Charset = database.Charset, Collation = database.Collation,
            };
            foreach (var (table, rows) in database.Tables)
                copy.Tables[table] = rows.Restore(asOf, now);

            restored.Databases.Add(copy);
        }
    }
}
