using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>Administrators of Microsoft Entra: the one that MySQL has is called ActiveDirectory, those of PostgreSQL go by object id.
/// </summary>
internal static class AdministratorOperations
{
    public static ArmAnswer List(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return ArmList.Page(call, server.Administrators.Keys.Select(a => ServerJson.Administrator(call.Azure, server, a)));
    }

    public static ArmAnswer Get(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return server.Administrators.ContainsKey(call["administrator"])
            ? ArmAnswer.Ok(ServerJson.Administrator(call.Azure, server, call["administrator"]))
            : throw ServerErrors.NotFound("administrator", call["administrator"]);
    }

    public static ArmAnswer Put(ArmCall call, ServerEngine engine)
    {
        var azure = call.Azure;
        var server = ServerReader.Get(call, engine);
        var name = call["administrator"];
        if (engine.IsMySql && !string.Equals(name, "ActiveDirectory", StringComparison.OrdinalIgnoreCase))
            throw ServerErrors.Invalid("The administrator's name must be ActiveDirectory.");

        var properties = call.Properties.Copy();
        if (!engine.IsMySql)
            properties["objectId"] = name;

        return ServerLifecycle.Child(
            call,
            server,
            "UpsertServerAdministratorManagementOperation",
            _ => server.Administrators[name] = properties,
            () => server.Administrators.ContainsKey(name) ? ServerJson.Administrator(azure, server, name) : null);
    }

    public static ArmAnswer Delete(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        var name = call["administrator"];
        return server.Administrators.ContainsKey(name)
            ? ServerLifecycle.Child(
                call, server, "DropServerAdministratorManagementOperation", _ => server.Administrators.Remove(name), () => null)
            : new ArmAnswer(204);
    }
}
