namespace ScalarRestore.Engine.Running;

/// <summary>What a gate asks consent for.</summary>
/// <param name="Deletions">One sentence for each database; empty where nothing is deleted.</param>
internal sealed record GateInput(IReadOnlyList<string> Deletions);
