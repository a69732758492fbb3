using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>Stored procedures of containers.</summary>
internal static class ProcedureOperations
{
    public static ArmAnswer List(ArmCall call)
    {
        var (_, container, id) = Find(call);
        return ArmList.Page(call, container.Procedures.Keys.Select(p => CosmosJson.Procedure(id, container, p)));
    }

    public static ArmAnswer Get(ArmCall call)
    {
        var (_, container, id) = Find(call);
        return container.Procedures.ContainsKey(call["procedure"])
            ? ArmAnswer.Ok(CosmosJson.Procedure(id, container, call["procedure"]))
            : throw CosmosErrors.NotFound("StoredProcedure", call["procedure"]);
    }

    public static ArmAnswer Put(ArmCall call)
    {
        var (account, container, id) = Find(call);
        var name = call["procedure"];
        var body = call.Properties.Object("resource").Text("body")
            ?? throw ArmErrors.BadRequest("The body of the stored procedure is required.");
        return CosmosLifecycle.Child(
            call,
            account,
            $"{id}/storedProcedures/{name}",
            _ => container.Procedures[name] = body,
            () => container.Procedures.ContainsKey(name) ? CosmosJson.Procedure(id, container, name) : null);
    }

    public static ArmAnswer Delete(ArmCall call)
    {
        var (account, container, id) = Find(call);
        var name = call["procedure"];
        return CosmosLifecycle.Child(
            call, account, $"{id}/storedProcedures/{name}", _ => container.Procedures.Remove(name), () => null);
    }

    private static (CosmosAccount Account, SqlContainer Container, string Id) Find(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        var container = AccountReader.GetContainer(call, database);
        return (account, container, $"{DatabaseOperations.DatabaseId(call, account, database)}/containers/{container.Name}");
    }
}
