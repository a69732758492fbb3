namespace ScalarRestore.Engine.Journal;

/// <summary>How a phase ended.</summary>
internal sealed record PhaseClosing
{
    /// <summary>The settled phase that was reached.</summary>
    public required RestorePhase Reached { get; init; }

    /// <summary>The restored databases; the restore phase only.</summary>
    public IReadOnlyList<RestoredDatabase> Databases { get; init; } = [];
}
