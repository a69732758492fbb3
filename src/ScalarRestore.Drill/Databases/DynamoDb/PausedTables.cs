using System.Text.Json.Nodes;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>The tables as they were during the pause.</summary>
internal sealed class PausedTables : IPausedDatabases
{
    private readonly DynamoDbDatabases _tables;
    private readonly Snapshot _items;
    private readonly JsonNode _settings;
    private readonly int _deletions;

    private PausedTables(DynamoDbDatabases tables, Snapshot items, JsonNode settings, int deletions)
    {
        _tables = tables;
        _items = items;
        _settings = settings;
        _deletions = deletions;
    }

    /// <inheritdoc/>
    public int Items => _items.Items;

    /// <summary>Notes items, settings and deletions so far.</summary>
    public static async Task<PausedTables> NoteAsync(DynamoDbDatabases tables, CancellationToken cancellationToken) => new(
        tables, await tables.ReadAsync(cancellationToken), await tables.SettingsAsync(cancellationToken), await tables.DeletionsAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task<int?> SpoilAsync(CancellationToken cancellationToken)
    {
        await _tables.SpoilAsync(cancellationToken);
        return (await _tables.ReadAsync(cancellationToken)).Differences(_items).Values.Sum();
    }

    /// <inheritdoc/>
    public async Task<RestoreProof> ProveAsync(RestoreRun run, DateTimeOffset restoreTime, CancellationToken cancellationToken)
    {
        var differences = (await _tables.ReadAsync(cancellationToken)).Differences(_items);
        var drift = StateDiff.Compare(_settings, await _tables.SettingsAsync(cancellationToken));
        var deletions = await _tables.DeletionsAsync(cancellationToken) - _deletions;
        return new RestoreProof
        {
            Tables = _tables.Tables.Count,
            WrongItems = differences.Values.Sum(),
            Drift = drift,
            Deletions = deletions,
            Faults =
            [
                .. differences.Where(pair => pair.Value > 0).Select(pair => $"{pair.Key}: {pair.Value} items differ"),
                .. drift.Select(path => $"setting {path}"),
                .. deletions == _tables.Tables.Count ? [] : new[] { $"{deletions} live tables were deleted, for {_tables.Tables.Count} tables" },
            ],
        };
    }
}
