namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>An RDS instance, at every record of its restore, before and after.</summary>
public sealed class RdsKillMatrixTests() : PhaseKillMatrixTests("rds", "restore", "0/1");
