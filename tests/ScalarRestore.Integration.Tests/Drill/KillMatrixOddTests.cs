namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>Every odd kill point.</summary>
public sealed class KillMatrixOddTests() : KillMatrixTests("1/2");
