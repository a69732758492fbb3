namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>Every even kill point.</summary>
public sealed class KillMatrixEvenTests() : KillMatrixTests("0/2");
