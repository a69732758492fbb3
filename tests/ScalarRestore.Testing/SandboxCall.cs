namespace ScalarRestore.Testing;

/// <summary>One entry of the sandbox's call log.</summary>
public sealed record SandboxCall(
    int Sequence, DateTimeOffset At, string Service, string Operation, string? Resource, bool IsWrite, int Status);
