namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The Secret with an account's key, at every third kill point of its update.</summary>
public sealed class CosmosValuesKillMatrixTests() : PhaseKillMatrixTests("cosmosdb", "values", "0/3");
