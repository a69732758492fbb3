using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Operations;

namespace ScalarRestore.Sandbox.Azure.Cosmos;

/// <summary>The calls of Azure Cosmos DB for NoSQL (domain/azure.md, section 1.1).</summary>
internal static class CosmosRoutes
{
    private const string Provider = "/subscriptions/{subscription}/providers/Microsoft.DocumentDB";
    private const string Group = "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.DocumentDB/databaseAccounts";
    private const string Account = Group + "/{account}";
    private const string Database = Account + "/sqlDatabases/{database}";
    private const string Container = Database + "/containers/{container}";
    private const string Procedure = Container + "/storedProcedures/{procedure}";
    private const string Restorable = Provider + "/locations/{location}/restorableDatabaseAccounts";
    private const string Throughput = "/throughputSettings/default";

    public static IEnumerable<ArmRoute> All { get; } =
    [
        new("HEAD", "/providers/Microsoft.DocumentDB/databaseAccountNames/{account}", "cosmos", "CheckName", AccountOperations.CheckName),
        new("GET", Provider + "/databaseAccounts", "cosmos", "ListAccounts", AccountOperations.List),
        new("GET", Group, "cosmos", "ListAccounts", AccountOperations.List),
        new("GET", Account, "cosmos", "GetAccount", AccountOperations.Get),
        new("PUT", Account, "cosmos", "PutAccount", AccountOperations.Put) { Naming = AccountOperations.PutName },
        new("PATCH", Account, "cosmos", "UpdateAccount", AccountUpdate.Patch),
        new("DELETE", Account, "cosmos", "DeleteAccount", AccountOperations.Delete),
        new("POST", Account + "/listKeys", "cosmos", "ListKeys", AccountOperations.ListKeys) { IsWrite = false },
        new("POST", Account + "/readonlykeys", "cosmos", "ListReadOnlyKeys", AccountOperations.ListReadOnlyKeys) { IsWrite = false },
        new("GET", Account + "/readonlykeys", "cosmos", "ListReadOnlyKeys", AccountOperations.ListReadOnlyKeys),
        new("GET", Account + "/privateEndpointConnections", "cosmos", "ListPrivateEndpointConnections", AccountOperations.ListPrivateEndpoints),

        new("GET", Provider + "/restorableDatabaseAccounts", "cosmos", "ListRestorableAccounts", RestorableOperations.List),
        new("GET", Restorable, "cosmos", "ListRestorableAccounts", RestorableOperations.List),
        new("GET", Restorable + "/{instance}", "cosmos", "GetRestorableAccount", RestorableOperations.Get),
        new("GET", Restorable + "/{instance}/restorableSqlResources", "cosmos", "ListRestorableSqlResources", RestorableOperations.Resources),
        new("GET", Restorable + "/{instance}/restorableSqlDatabases", "cosmos", "ListRestorableSqlDatabases", RestorableOperations.Databases),
        new("GET", Restorable + "/{instance}/restorableSqlContainers", "cosmos", "ListRestorableSqlContainers", RestorableOperations.Containers),

        new("GET", Account + "/sqlDatabases", "cosmos", "ListDatabases", DatabaseOperations.List),
        new("GET", Database, "cosmos", "GetDatabase", DatabaseOperations.Get),
        new("PUT", Database, "cosmos", "PutDatabase", DatabaseOperations.Put),
        new("DELETE", Database, "cosmos", "DeleteDatabase", DatabaseOperations.Delete),
        new("GET", Database + "/containers", "cosmos", "ListContainers", DatabaseOperations.ListContainers),
        new("GET", Container, "cosmos", "GetContainer", DatabaseOperations.GetContainer),
        new("PUT", Container, "cosmos", "PutContainer", DatabaseOperations.PutContainer),
        new("DELETE", Container, "cosmos", "DeleteContainer", DatabaseOperations.DeleteContainer),
        new("POST", Container + "/retrieveContinuousBackupInformation", "cosmos", "RetrieveBackupInformation", RestorableOperations.BackupInformation)
        {
            IsWrite = false,
        },
        new("GET", Container + "/storedProcedures", "cosmos", "ListProcedures", ProcedureOperations.List),
        new("GET", Procedure, "cosmos", "GetProcedure", ProcedureOperations.Get),
        new("PUT", Procedure, "cosmos", "PutProcedure", ProcedureOperations.Put),
        new("DELETE", Procedure, "cosmos", "DeleteProcedure", ProcedureOperations.Delete),

        .. Throughputs(Database),
        .. Throughputs(Container),

        .. new[] { Account, Database, Container, Procedure, Database + Throughput, Container + Throughput }
            .Select(p => new ArmRoute("GET", p + "/operationResults/{operation}", "arm", "OperationResult", c => c.Azure.Operations.Result(c))),
    ];

    private static IEnumerable<ArmRoute> Throughputs(string place) =>
    [
        new("GET", place + Throughput, "cosmos", "GetThroughput", ThroughputOperations.Get),
        new("PUT", place + Throughput, "cosmos", "UpdateThroughput", ThroughputOperations.Put),
        new("POST", place + Throughput + "/migrateToAutoscale", "cosmos", "MigrateToAutoscale", ThroughputOperations.ToAutoscale),
        new("POST", place + Throughput + "/migrateToManualThroughput", "cosmos", "MigrateToManual", ThroughputOperations.ToManual),
    ];
}
