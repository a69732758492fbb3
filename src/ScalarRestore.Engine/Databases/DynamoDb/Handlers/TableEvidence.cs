using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>What steps leave behind as proof.</summary>
internal static class TableEvidence
{
    /// <summary>Reads evidence of the given form.</summary>
    public static T Read<T>(JsonObject evidence) =>
        evidence.Deserialize<T>(PlanJson.Options) ?? throw new InvalidOperationException("Evidence is never null.");
}

/// <summary>Of <c>copy</c> and <c>restore</c>.</summary>
/// <param name="Table">The table that was made.</param>
/// <param name="TableArn">Its ARN.</param>
/// <param name="TableId">Its id.</param>
/// <param name="ReadyAt">When it was seen to be ready.</param>
/// <param name="StreamArn">Its stream, if it has one.</param>
internal sealed record MadeTable(string Table, string TableArn, string TableId, DateTimeOffset ReadyAt, string? StreamArn = null);

/// <summary>Of <c>backup</c> and <c>safety</c>.</summary>
/// <param name="BackupArn">The backup.</param>
/// <param name="BackupName">Its name.</param>
/// <param name="TableId">The id of the table that it is of.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record MadeBackup(string BackupArn, string BackupName, string TableId, long SizeBytes);

/// <summary>Of <c>check</c> and <c>verify</c>.</summary>
internal sealed record CheckedTable
{
    /// <summary>The id of the table that was read.</summary>
    public required string TableId { get; init; }

    /// <summary>Items counted.</summary>
    public required long Count { get; init; }

    /// <summary>The order-independent hash over all items.</summary>
    public required string Hash { get; init; }

    /// <summary>The newest transaction time in ScalarDB's own columns.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Rows that are PREPARED or DELETED.</summary>
    public long Unfinished { get; init; }

    /// <summary><c>pass</c>, <c>empty</c> or <c>inconclusive</c>.</summary>
    public required string Verdict { get; init; }
}

/// <summary>Of <c>delete</c>.</summary>
/// <param name="TableId">The id of the table that is gone.</param>
/// <param name="GoneAt">When it was seen to be gone.</param>
internal sealed record DeletedTable(string TableId, DateTimeOffset GoneAt);

/// <summary>Of <c>reapply</c> and <c>timetolive</c>.</summary>
internal sealed record ReappliedSettings
{
    /// <summary>The table's id.</summary>
    public required string TableId { get; init; }

    /// <summary>Settings that were put back.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    /// <summary>What still differs.</summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>The stream before.</summary>
    public string? OldStreamArn { get; init; }

    /// <summary>The stream after.</summary>
    public string? NewStreamArn { get; init; }
}
