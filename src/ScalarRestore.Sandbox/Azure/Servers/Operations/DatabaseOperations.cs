using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>Databases of a server.</summary>
internal static class DatabaseOperations
{
    public static ArmAnswer List(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return ArmList.Page(call, All(call, server));
    }

    public static ArmAnswer Get(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return All(call, server).FirstOrDefault(d => d.Text("name") == call["database"]) is { } database
            ? ArmAnswer.Ok(database)
            : throw ServerErrors.NotFound("database", call["database"]);
    }

    public static ArmAnswer Put(ArmCall call, ServerEngine engine)
    {
        var azure = call.Azure;
        var server = ServerReader.Get(call, engine);
        var name = call["database"];
        var charset = call.Properties.Text("charset") ?? engine.Charset;
        var collation = call.Properties.Text("collation") ?? engine.Collation;
        return ServerLifecycle.Child(
            call,
            server,
            "UpsertDatabaseManagementOperation",
            at =>
            {
                if (server.Find(name, at) is null)
                    server.Databases.Add(new ServerDatabase { Name = name, CreatedAt = at, Charset = charset, Collation = collation });
            },
            () => ServerJson.Database(azure, server, name, charset, collation));
    }

    public static ArmAnswer Delete(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return server.Find(call["database"], call.Now) is { } database
            ? ServerLifecycle.Child(call, server, "DropDatabaseManagementOperation", at => database.DeletedAt = at, () => null)
            : new ArmAnswer(204);
    }

    private static IEnumerable<JsonObject> All(ArmCall call, FlexibleServer server) => server.Engine.SystemDatabases
        .Select(d => (Name: d, server.Engine.Charset, server.Engine.Collation))
        .Concat(server.DatabasesAt(call.Now).Select(d => (d.Name, d.Charset, d.Collation)))
        .OrderBy(d => d.Name, StringComparer.Ordinal)
        .Select(d => ServerJson.Database(call.Azure, server, d.Name, d.Charset, d.Collation));
}
