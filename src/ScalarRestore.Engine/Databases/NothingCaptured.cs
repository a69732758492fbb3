namespace ScalarRestore.Engine.Databases;

/// <summary>What a provider captured of a query that is about databases of other kinds alone.</summary>
internal sealed class NothingCaptured : IDatabaseCapture
{
    /// <summary>It has no state.</summary>
    public static NothingCaptured Instance { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<ScalarDatabase> Databases => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Limits { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> CopySteps => [];

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> SwapSteps => [];

    /// <inheritdoc/>
    public string? DeletionSentence => null;
}
