namespace ScalarRestore.Engine.Running;

/// <summary>What is known of a step when it begins.</summary>
/// <param name="FirstBegunAt">When it was first begun, by whichever process.</param>
/// <param name="OperationId">The operation id journaled for it; null if none.</param>
internal sealed record StepBegun(DateTimeOffset FirstBegunAt, string? OperationId);
