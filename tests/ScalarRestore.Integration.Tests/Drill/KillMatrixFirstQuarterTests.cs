namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>Every fourth kill point from the first on: before a record.</summary>
public sealed class KillMatrixFirstQuarterTests() : KillMatrixTests("0/4");
