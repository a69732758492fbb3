namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Captured accounts and what is to be done with them.</summary>
internal sealed class CosmosCapture(
    IReadOnlyList<ScalarDatabase> databases, IReadOnlyList<RestorableAccount> captured, IReadOnlyList<string> warnings, RestoreIntent intent, CosmosTimings timings) : IDatabaseCapture
{
    /// <inheritdoc/>
    public IReadOnlyList<ScalarDatabase> Databases { get; } = databases;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; } = warnings;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Limits { get; } = CosmosPlanner.Limits(captured);

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> CopySteps { get; } = [.. captured.SelectMany(account => CosmosPlanner.CopySteps(account, intent, timings))];

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> SwapSteps => [];

    /// <inheritdoc/>
    public string? DeletionSentence => null;
}
