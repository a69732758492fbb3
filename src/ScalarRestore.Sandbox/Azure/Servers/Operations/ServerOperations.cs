using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>Servers: list, get, create, change, delete, start, stop, restart, and names.</summary>
internal static class ServerOperations
{
    public static ArmAnswer List(ArmCall call, ServerEngine engine) => ArmList.Page(call, call.Azure.Servers(engine).Seen
        .Where(s => !call.Values.TryGetValue("group", out var group) || string.Equals(s.Group, group, StringComparison.OrdinalIgnoreCase))
        .Select(s => ServerJson.Describe(call.Azure, s, call.Now)));

    public static ArmAnswer Get(ArmCall call, ServerEngine engine) =>
        ArmAnswer.Ok(ServerJson.Describe(call.Azure, ServerReader.Get(call, engine), call.Now));

    /// <summary>PUT of a server: by createMode a restore, a replica, a new one, or, easily overlooked, an update of one that is there.</summary>
    public static ArmAnswer Put(ArmCall call, ServerEngine engine)
    {
        var mode = Mode(call.Request);
        if (IsMode(mode, "PointInTimeRestore"))
            return ServerRestore.Run(call, engine);

        if (call.Azure.Servers(engine).Servers.TryGetValue(call["server"], out var taken))
        {
            if (IsMode(mode, "Create") || IsMode(mode, "Replica")
                || !string.Equals(taken.Group, call["group"], StringComparison.OrdinalIgnoreCase))
                throw ServerErrors.NameTaken();

            return Update(call, taken);
        }

        if (IsMode(mode, "Update"))
            throw ArmErrors.ResourceNotFound(engine.ServerType, call["server"], call["group"]);

        if (!IsMode(mode, "Default") && !IsMode(mode, "Create") && !IsMode(mode, "Replica"))
            throw ServerErrors.Invalid($"The createMode '{mode}' is not supported.");

        return Create(call, engine, IsMode(mode, "Replica"));
    }

    public static string PutName(ArmRequest request) => IsMode(Mode(request), "PointInTimeRestore") ? "RestoreServer" : "PutServer";

    public static ArmAnswer Patch(ArmCall call, ServerEngine engine) => Update(call, ServerReader.Get(call, engine));

    public static ArmAnswer Delete(ArmCall call, ServerEngine engine)
    {
        var servers = call.Azure.Servers(engine);
        if (servers.Find(call["server"], call["group"]) is not { } server)
            return new ArmAnswer(204);

        if (server.IsBusy)
            throw ServerErrors.Busy(server.Name);

        return ServerLifecycle.Change(call, server, "Dropping", new ServerTask(
            "DropServerManagementOperation", engine.Settings(call.Azure.Settings).DeleteSeconds, "delete")
        {
            Done = _ => servers.Servers.Remove(server.Name),
            Result = () => null,
        });
    }

    public static ArmAnswer Restart(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        ServerLifecycle.RefuseUnlessReady(server);
        return ServerLifecycle.Change(call, server, engine.IsMySql ? "Updating" : "Restarting", new ServerTask(
            "RestartServerManagementOperation", engine.Settings(call.Azure.Settings).RestartSeconds, "restart")
        {
            Done = _ =>
            {
                foreach (var (name, value) in server.Parameters.ToArray())
                    server.Parameters[name] = value with { IsPendingRestart = false };
            },
            Result = () => null,
        });
    }

    public static ArmAnswer Stop(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        ServerLifecycle.RefuseUnlessReady(server);
        return ServerLifecycle.Change(call, server, "Stopping", new ServerTask(
            "StopServerManagementOperation", engine.Settings(call.Azure.Settings).StartStopSeconds, "stop")
        {
            Done = _ => server.State = "Stopped",
            Result = () => null,
        });
    }

    public static ArmAnswer Start(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        if (server.State != "Stopped")
            throw server.IsBusy ? ServerErrors.Busy(server.Name) : ServerErrors.State(server.Name, server.State);

        return ServerLifecycle.Change(call, server, "Starting", new ServerTask(
            "StartServerManagementOperation", engine.Settings(call.Azure.Settings).StartStopSeconds, "start")
        {
            Result = () => null,
        });
    }

    /// <summary>Says whether a name is free, asked with a location or without.</summary>
    public static ArmAnswer CheckName(ArmCall call, ServerEngine engine)
    {
        var name = call.Body.Text("name") ?? throw ArmErrors.BadRequest("The property 'name' is required.");
        var isFree = !call.Azure.Servers(engine).Servers.ContainsKey(name);
        var answer = new JsonObject { ["name"] = name, ["nameAvailable"] = isFree, ["message"] = "" };
        if (!isFree)
        {
            answer["reason"] = "AlreadyExists";
            answer["message"] = ServerErrors.NameTaken().Message;
        }

        return ArmAnswer.Ok(answer);
    }

    public static ArmAnswer ListSingle(ArmCall call, ServerEngine engine) => ArmList.Page(call, call.Azure.Servers(engine).Single.Values
        .Where(s => !call.Values.TryGetValue("group", out var group)
            || s.Text("id")!.StartsWith(call.Azure.GroupId(group) + "/", StringComparison.OrdinalIgnoreCase))
        .Select(s => s.Copy()));

    public static ArmAnswer GetSingle(ArmCall call, ServerEngine engine) =>
        call.Azure.Servers(engine).Single.TryGetValue(call["server"], out var server)
        ? ArmAnswer.Ok(server.Copy())
        : throw ArmErrors.ResourceNotFound(engine.Provider + "/servers", call["server"], call["group"]);

    private static string Mode(ArmRequest request) => request.Body.Object("properties").Text("createMode") ?? "Default";

    private static bool IsMode(string mode, string name) => string.Equals(mode, name, StringComparison.OrdinalIgnoreCase);

    private static ArmAnswer Update(ArmCall call, FlexibleServer server)
    {
        ServerLifecycle.RefuseUnlessReady(server);
        var changes = ServerReader.Changes(server.Engine, call.Properties);
        var tags = call.Body.Texts("tags");
        var identity = call.Body.Object("identity")?.Copy();
        var sku = call.Body.Object("sku")?.Copy();
        if (changes.Object("highAvailability") is { } availability)
        {
            var isOff = availability.Text("mode") is null or "Disabled";
            server.Properties["highAvailability"]!["state"] = isOff ? "RemovingStandby" : "CreatingStandby";
            availability["state"] = isOff ? "NotEnabled" : "Healthy";
        }

        return ServerLifecycle.Change(call, server, "Updating", new ServerTask(
            "UpdateServerManagementOperation", server.Engine.Settings(call.Azure.Settings).UpdateSeconds, "update")
        {
            Done = _ =>
            {
                server.Properties.Lay(changes);
                server.Tags = tags ?? server.Tags;
                server.Identity = identity ?? server.Identity;
                if (sku is not null)
                    server.Sku.Lay(sku);
            },
        });
    }

    private static ArmAnswer Create(ArmCall call, ServerEngine engine, bool isReplica)
    {
        ServerReader.RefuseBadName(call["server"]);
        var source = isReplica ? ServerRestore.Source(call, engine) : null;
        var changes = ServerReader.Changes(engine, call.Properties);
        if (source is null && (changes.Text("administratorLogin") is null || call.Properties.Text("administratorLoginPassword") is null))
            throw ServerErrors.Invalid("The administrator login and its password are required.");

        var properties = source?.Properties.Copy() ?? ServerDefaults.Properties(engine);
        properties.Lay(changes);
        if (changes.Object("highAvailability").Text("mode") is not (null or "Disabled"))
            properties["highAvailability"]!["state"] = "Healthy";

        var server = new FlexibleServer
        {
            Engine = engine,
            Name = call["server"],
            Group = call.Azure.GetGroup(call["group"]).Name,
            Location = Location(call),
            CreatedAt = call.Now,
            Origin = source?.Origin ?? call["server"],
            State = engine.BirthState,
            Sku = call.Body.Object("sku")?.Copy() ?? source?.Sku.Copy() ?? ServerDefaults.Sku(engine),
            Properties = properties,
            Tags = call.Body.Texts("tags") ?? new(StringComparer.Ordinal),
            Identity = call.Body.Object("identity")?.Copy(),
            ReplicaOf = source is null ? null : ServerJson.Id(call.Azure, source),
        };
        return ServerLifecycle.Start(call, server, new ServerTask(
            isReplica ? "CreateReplicaManagementOperation" : "CreateServerManagementOperation",
            engine.Settings(call.Azure.Settings).CreateSeconds,
            "create"));
    }

    private static string Location(ArmCall call) => call.Body.Text("location") is { } location && AzureLocations.IsKnown(location)
        ? AzureLocations.Name(location)
        : throw new ArmException(400, "LocationRequired", "The location property is required for this definition.");
}
