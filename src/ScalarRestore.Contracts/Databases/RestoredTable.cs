namespace ScalarRestore.Contracts;

/// <summary>One restored table and the proof of it.</summary>
public sealed record RestoredTable
{
    /// <summary>The table's name, the same before and after.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the table that was deleted.</summary>
    public string? OldId { get; init; }

    /// <summary>The id of the table that stands in its place.</summary>
    public string? NewId { get; init; }

    /// <summary>Items counted in the restored table.</summary>
    public long? Items { get; init; }

    /// <summary>An order-independent hash over all items of the restored table, equal to that of the copy it came from.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The on-demand backup of the copy, kept.</summary>
    public string? BackupArn { get; init; }

    /// <summary>The safety backup of the live table as it was before it was deleted; null if declined.</summary>
    public string? SafetyBackupArn { get; init; }

    /// <summary>Settings that differ from before and could not be put back.</summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>Whether every check passed.</summary>
    public required bool Verified { get; init; }
}
