namespace ScalarRestore.Drill.World;

/// <summary>How the tables compare with what was noted at the pause.</summary>
/// <param name="Differences">Items that are missing or should not be there, by table.</param>
/// <param name="Drift">Settings that differ.</param>
/// <param name="Deletions">Deletions of live tables since the pause.</param>
internal sealed record ProofOfTables(IReadOnlyDictionary<string, int> Differences, IReadOnlyList<string> Drift, int Deletions)
{
    /// <summary>What is wrong, in words; empty for a good restore.</summary>
    public IEnumerable<string> Faults(int tables)
    {
        foreach (var (table, count) in Differences.Where(pair => pair.Value > 0))
        {
            yield return $"{table}: {count} items differ";
        }

        foreach (var path in Drift)
        {
            yield return $"setting {path}";
        }

        if (Deletions != tables)
        {
            yield return $"{Deletions} live tables were deleted, for {tables} tables";
        }
    }
}
