namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>An Aurora cluster, at every third kill point: in turn before a record and after one.</summary>
public sealed class AuroraKillMatrixTests() : PhaseKillMatrixTests("aurora", "restore", "0/3");
