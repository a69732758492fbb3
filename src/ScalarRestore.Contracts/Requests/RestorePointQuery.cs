namespace ScalarRestore.Contracts;

/// <summary>Pause windows to find the restore point of.</summary>
public sealed record RestorePointQuery
{
    /// <summary>Windows given by their ends.</summary>
    public IReadOnlyList<PauseWindow> Windows { get; init; } = [];

    /// <summary>Texts to read windows from: the JSON of scalar-admin-for-kubernetes, or scalar-admin's log lines.</summary>
    public IReadOnlyList<PauseText> Texts { get; init; } = [];
}
