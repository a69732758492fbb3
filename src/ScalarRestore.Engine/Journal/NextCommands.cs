namespace ScalarRestore.Engine.Journal;

/// <summary>The command that goes on from each phase.</summary>
internal static class NextCommands
{
    /// <summary>A command that can be pasted as it is, but for the restore time and the values files; null when nothing is left to do.</summary>
    /// <param name="phase">The phase that was reached.</param>
    /// <param name="runId">The run.</param>
    /// <param name="journalArgument">Where its journal is, if not at the usual place.</param>
    /// <param name="hasMoved">Whether a database has another endpoint now, so that values have to change.</param>
    public static string? For(RestorePhase phase, string runId, string? journalArgument, bool hasMoved = false)
    {
        var get = $"Get-ScalarRestoreRun -RunId {runId}{Journal(journalArgument)}";
        return phase switch
        {
            RestorePhase.Stopped => $"{get} | Restore-ScalarDatabase -RestoreTime <time with offset>",
            RestorePhase.Restored => $"{get} | Update-ScalarValues{(hasMoved ? " -Path <values files>" : "")}",
            RestorePhase.ValuesUpdated => $"{get} | Start-ScalarWorkload",
            RestorePhase.Started => null,
            _ => Resume(runId, journalArgument),
        };
    }

    /// <summary>The command that takes an interrupted or failed phase up again.</summary>
    public static string Resume(string runId, string? journalArgument) => $"Resume-ScalarRestore -RunId {runId}{Journal(journalArgument)}";

    private static string Journal(string? argument) =>
        argument is null ? "" : $" -JournalPath '{argument.Replace("'", "''", StringComparison.Ordinal)}'";
}
