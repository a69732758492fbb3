namespace ScalarRestore.Contracts;

/// <summary>Guide step 3: point the values at what was restored.</summary>
public sealed record UpdateValuesRequest
{
    /// <summary>A run in phase <see cref="RestorePhase.Restored"/>.</summary>
    public required RestoreRun Run { get; init; }

    /// <summary>The user's values files.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Shows what would change.</summary>
    public bool WhatIf { get; init; }
}
