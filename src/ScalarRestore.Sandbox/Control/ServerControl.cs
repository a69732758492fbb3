using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Data;
using ScalarRestore.Sandbox.Azure.Servers;
using ScalarRestore.Sandbox.Azure.Servers.Model;
using ScalarRestore.Sandbox.Azure.Servers.Operations;

namespace ScalarRestore.Sandbox.Control;

/// <summary>Flexible servers, what belongs to them, and the rows of their tables, set and read without the services.</summary>
internal static class ServerControl
{
    public static async Task<object?> AnswerAsync(
        HttpRequest request, AzureSubscription azure, ServerEngine engine, string name, string[] path)
    {
        switch (request.Method, path)
        {
            case ("PUT", []):
                var seed = await ControlServer.BodyAsync<ServerSeed>(request);
                return AzureControl.With(azure, now => Put(azure, engine, name, seed, now));
            case ("POST", ["rows"]):
                var write = await ControlServer.BodyAsync<RowsSeed>(request);
                return AzureControl.With(azure, now =>
                {
                    Write(Get(azure, engine, name), write.Database, write.Table, write.Rows, write.At ?? now);
                    return new { at = write.At ?? now };
                });
            case ("GET", ["rows"]):
                return AzureControl.With(azure, now => AzureControl.Items(
                    request,
                    Rows(Get(azure, engine, name), AzureControl.Required(request, "database"), AzureControl.Required(request, "table"), now)));
            case ("DELETE", ["databases", var database]):
                return AzureControl.With(azure, now => Database(Get(azure, engine, name), database, now).DeletedAt = now);
            default:
                return null;
        }
    }

    /// <summary>Makes a server of the retired kind, which can only be read.</summary>
    public static async Task<JsonObject> PutSingleAsync(HttpRequest request, AzureSubscription azure, ServerEngine engine, string name)
    {
        var seed = await ControlServer.BodyAsync<SingleSeed>(request);
        return AzureControl.With(azure, now =>
        {
            var server = new JsonObject
            {
                ["id"] = $"{azure.GroupId(azure.GetGroup(seed.Group).Name)}/providers/{engine.Provider}/servers/{name}",
                ["name"] = name,
                ["type"] = engine.Provider + "/servers",
                ["location"] = seed.Location,
                ["sku"] = new JsonObject { ["name"] = "GP_Gen5_2", ["tier"] = "GeneralPurpose", ["family"] = "Gen5", ["capacity"] = 2 },
                ["properties"] = new JsonObject
                {
                    ["administratorLogin"] = "adm",
                    ["version"] = engine.IsMySql ? "5.7" : "11",
                    ["userVisibleState"] = "Ready",
                    ["fullyQualifiedDomainName"] = name + engine.HostSuffix,
                    ["earliestRestoreDate"] = AzureTime.Offset(now),
                },
            };
            azure.Servers(engine).Single[name] = server;
            return server.Copy();
        });
    }

    private static JsonObject Put(AzureSubscription azure, ServerEngine engine, string name, ServerSeed seed, DateTimeOffset now)
    {
        var servers = azure.Servers(engine).Servers;
        if (servers.ContainsKey(name))
            throw new ArgumentException($"There is a server '{name}' already.");

        ServerReader.RefuseBadName(name);
        var at = seed.CreatedAt ?? now;
        var properties = ServerDefaults.Properties(engine);
        properties["administratorLogin"] = "adm";
        properties.Lay(ServerReader.Changes(engine, seed.Properties ?? []));
        if (properties.Object("highAvailability").Text("mode") is not "Disabled")
            properties["highAvailability"]!["state"] = "Healthy";

        var server = new FlexibleServer
        {
            Engine = engine,
            Name = name,
            Group = azure.GetGroup(seed.Group).Name,
            Location = AzureLocations.Name(seed.Location),
            CreatedAt = at,
            Origin = name,
            State = seed.State ?? "Ready",
            Sku = seed.Sku ?? ServerDefaults.Sku(engine),
            Properties = properties,
            Tags = seed.Tags is { } tags ? new(tags, StringComparer.Ordinal) : new(StringComparer.Ordinal),
            Identity = seed.Identity,
            BackedUpAt = seed.HasBackup ? at : null,
            PrivateEndpoints = seed.PrivateEndpoints ?? [],
            VirtualEndpoints = seed.VirtualEndpoints ?? [],
            ReplicaOf = seed.ReplicaOf is { } source ? ServerJson.Id(azure, Get(azure, engine, source)) : null,
        };
        foreach (var (rule, range) in seed.FirewallRules ?? [])
            server.FirewallRules[rule] = (range.StartIpAddress, range.EndIpAddress);

        foreach (var (parameter, value) in seed.Configurations ?? [])
        {
            var known = engine.FindParameter(parameter) ?? throw new ArgumentException($"There is no configuration '{parameter}'.");
            server.Parameters[known.Name] = new ParameterValue(value, IsPendingRestart: false);
        }

        foreach (var (administrator, value) in seed.Administrators ?? [])
            server.Administrators[administrator] = value;

        foreach (var (database, tables) in seed.Databases ?? [])
        {
            server.Databases.Add(new ServerDatabase { Name = database, CreatedAt = at, Charset = engine.Charset, Collation = engine.Collation });
            foreach (var (table, rows) in tables)
                Write(server, database, table, rows, at);
        }

        servers.Add(name, server);
        return ServerJson.Describe(azure, server, now);
    }

    private static void Write(FlexibleServer server, string database, string table, Dictionary<string, JsonNode?> rows, DateTimeOffset at)
    {
        var tables = Database(server, database, at).Tables;
        if (!tables.TryGetValue(table, out var history))
            tables[table] = history = new ItemHistory();

        foreach (var (id, row) in rows)
            history.Set(id, row, at);
    }

    private static ItemHistory Rows(FlexibleServer server, string database, string table, DateTimeOffset now) =>
        Database(server, database, now).Tables.GetValueOrDefault(table) ?? throw new ArgumentException($"There is no table '{table}'.");

    private static ServerDatabase Database(FlexibleServer server, string database, DateTimeOffset at) =>
        server.Find(database, at) ?? throw new ArgumentException($"There is no database '{database}'.");

    private static FlexibleServer Get(AzureSubscription azure, ServerEngine engine, string name) =>
        azure.Servers(engine).Servers.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no server '{name}'.");

    private sealed record ServerSeed
    {
        public required string Group { get; init; }

        public required string Location { get; init; }

        public DateTimeOffset? CreatedAt { get; init; }

        public string? State { get; init; }

        public bool HasBackup { get; init; } = true;

        public JsonObject? Sku { get; init; }

        public JsonObject? Properties { get; init; }

        public Dictionary<string, string>? Tags { get; init; }

        public JsonObject? Identity { get; init; }

        public string? ReplicaOf { get; init; }

        public JsonArray? PrivateEndpoints { get; init; }

        public JsonArray? VirtualEndpoints { get; init; }

        public Dictionary<string, RangeSeed>? FirewallRules { get; init; }

        public Dictionary<string, string>? Configurations { get; init; }

        public Dictionary<string, JsonObject>? Administrators { get; init; }

        /// <summary>Databases, their tables, and the rows of these by id.</summary>
        public Dictionary<string, Dictionary<string, Dictionary<string, JsonNode?>>>? Databases { get; init; }
    }

    private sealed record RangeSeed(string StartIpAddress, string EndIpAddress);

    private sealed record RowsSeed(string Database, string Table, DateTimeOffset? At, Dictionary<string, JsonNode?> Rows);

    private sealed record SingleSeed(string Group, string Location);
}
