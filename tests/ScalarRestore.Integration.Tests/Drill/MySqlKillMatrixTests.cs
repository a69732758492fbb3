namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>A MySQL flexible server, at every seventh kill point of its restore: in turn before a record and after one.</summary>
public sealed class MySqlKillMatrixTests() : PhaseKillMatrixTests("mysql", "restore", "0/7");
