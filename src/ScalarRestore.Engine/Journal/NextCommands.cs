namespace ScalarRestore.Engine.Journal;

/// <summary>The command that goes on from each phase.</summary>
internal static class NextCommands
{
    /// <summary>A command that can be pasted as it is, but for the restore time; null when nothing is left to do.</summary>
    public static string? For(RestorePhase phase, string runId, string? journalArgument)
    {
        var journal = journalArgument is null ? "" : $" -JournalPath '{journalArgument.Replace("'", "''", StringComparison.Ordinal)}'";
        var get = $"Get-ScalarRestoreRun -RunId {runId}{journal}";
        return phase switch
        {
            RestorePhase.Stopped => $"{get} | Restore-ScalarDatabase -RestoreTime <time with offset>",
            RestorePhase.Restored => $"{get} | Update-ScalarValues",
            RestorePhase.ValuesUpdated => $"{get} | Start-ScalarWorkload",
            RestorePhase.Started => null,
            _ => $"Resume-ScalarRestore -RunId {runId}{journal}",
        };
    }
}
