namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>A Cosmos DB account, at every seventh kill point of its restore: in turn before a record and after one.</summary>
public sealed class CosmosRestoreKillMatrixTests() : PhaseKillMatrixTests("cosmosdb", "restore", "0/7");
