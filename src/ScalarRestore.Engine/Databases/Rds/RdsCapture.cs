namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Captured instances and clusters and what is to be done with them.</summary>
internal sealed class RdsCapture(
    IReadOnlyList<ScalarDatabase> databases, IReadOnlyList<RestorableDatabase> captured, IReadOnlyList<string> warnings, RestoreIntent intent, RdsTimings timings) : IDatabaseCapture
{
    /// <inheritdoc/>
    public IReadOnlyList<ScalarDatabase> Databases { get; } = databases;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; } = warnings;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Limits { get; } = RdsPlanner.Limits(captured);

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> CopySteps { get; } = [.. captured.SelectMany(database => RdsPlanner.CopySteps(database, intent, timings))];

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> SwapSteps { get; } = [.. captured.SelectMany(database => RdsPlanner.SwapSteps(database, intent, timings))];

    /// <inheritdoc/>
    public string? DeletionSentence => null;
}
