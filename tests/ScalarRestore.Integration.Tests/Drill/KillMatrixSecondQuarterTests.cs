namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>Every fourth kill point from the second on: after a record.</summary>
public sealed class KillMatrixSecondQuarterTests() : KillMatrixTests("1/4");
