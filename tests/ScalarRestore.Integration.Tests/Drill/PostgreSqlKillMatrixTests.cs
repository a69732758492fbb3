namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>A PostgreSQL flexible server, at every seventh kill point of its restore, others than MySQL's.</summary>
public sealed class PostgreSqlKillMatrixTests() : PhaseKillMatrixTests("postgresql", "restore", "3/7");
