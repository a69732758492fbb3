namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>An Aurora cluster, at every third kill point: in turn before a record and after one.</summary>
public sealed class AuroraKillMatrixTests() : RestoreKillMatrixTests("aurora", "0/3");
