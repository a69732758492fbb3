namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Captured servers and what is to be done with them.</summary>
internal sealed class FlexibleCapture(
    IReadOnlyList<ScalarDatabase> databases, IReadOnlyList<RestorableServer> captured, IReadOnlyList<string> warnings, RestoreIntent intent, FlexibleTimings timings) : IDatabaseCapture
{
    /// <inheritdoc/>
    public IReadOnlyList<ScalarDatabase> Databases { get; } = databases;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; } = warnings;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Limits { get; } = FlexiblePlanner.Limits(captured);

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> CopySteps { get; } = [.. captured.SelectMany(server => FlexiblePlanner.CopySteps(server, intent, timings))];

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> SwapSteps => [];

    /// <inheritdoc/>
    public string? DeletionSentence => null;
}
