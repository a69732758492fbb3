using ScalarRestore.Drill.Report;

namespace ScalarRestore.Drill.Databases;

/// <summary>How restored databases compare with what was noted at the pause.</summary>
internal sealed record RestoreProof
{
    /// <summary>Tables whose items were compared.</summary>
    public required int Tables { get; init; }

    /// <summary>Items that are missing or should not be there.</summary>
    public required int WrongItems { get; init; }

    /// <summary>Settings that differ from before.</summary>
    public required IReadOnlyList<string> Drift { get; init; }

    /// <summary>Deletions of live tables, or of instances and clusters.</summary>
    public required int Deletions { get; init; }

    /// <summary>Each restored instance or cluster; empty for DynamoDB.</summary>
    public IReadOnlyList<DatabaseFigures> Databases { get; init; } = [];

    /// <summary>What is wrong, in words; empty for a good restore.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}
