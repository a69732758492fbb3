namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Captured tables and what is to be done with them.</summary>
internal sealed class DynamoDbCapture(
    IReadOnlyList<ScalarDatabase> databases,
    IReadOnlyList<CapturedTable> tables,
    IReadOnlyList<string> warnings,
    RestoreIntent intent,
    DynamoDbTimings timings) : IDatabaseCapture
{
    /// <inheritdoc/>
    public IReadOnlyList<ScalarDatabase> Databases { get; } = databases;

    /// <summary>The tables.</summary>
    public IReadOnlyList<CapturedTable> Tables { get; } = tables;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; } = warnings;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Limits { get; } = DynamoDbPlanner.Limits(tables);

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> CopySteps { get; } = DynamoDbPlanner.CopySteps(tables, intent, timings);

    /// <inheritdoc/>
    public IReadOnlyList<PlannedStep> SwapSteps { get; } = DynamoDbPlanner.SwapSteps(tables, intent, timings);

    /// <inheritdoc/>
    public string? DeletionSentence => string.Join(
        "; ",
        Tables.GroupBy(t => $"{t.Identity.Account}/{t.Identity.Region}", StringComparer.Ordinal)
            .Select(g => $"delete {g.Count()} DynamoDB {(g.Count() == 1 ? "table" : "tables")} in {g.Key}: {string.Join(", ", g.Select(t => t.Identity.Name))}"));
}
