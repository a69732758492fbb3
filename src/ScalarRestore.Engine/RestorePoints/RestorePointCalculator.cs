using System.Globalization;

namespace ScalarRestore.Engine.RestorePoints;

/// <summary>
/// The restore point of one or more pause windows: the middle of what they have in common, on a whole second strictly inside
/// (guide, "Create a backup", 1.1). Pure but for the present instant.
/// </summary>
internal static class RestorePointCalculator
{
    /// <summary>Below this the clocks of client and database may disagree by more than the margin.</summary>
    private static readonly TimeSpan Recommended = TimeSpan.FromSeconds(10);

    /// <summary>Computes the restore point.</summary>
    /// <param name="windows">The windows; at least one.</param>
    /// <param name="now">The present instant.</param>
    /// <exception cref="RestoreException">A window is reversed, in the future or too short, or they have nothing in common.</exception>
    public static RestorePoint Compute(IReadOnlyList<PauseWindow> windows, DateTimeOffset now)
    {
        if (windows.Count == 0)
        {
            throw new RestoreException(
                "NoPauseWindow", FaultCategory.InvalidArgument, "No pause window was given.", mend: "Give -PauseStart and -PauseEnd, or the output of the pause.");
        }

        foreach (var window in windows)
        {
            Check(window, now);
        }

        var start = windows.Max(window => window.Start);
        var end = windows.Min(window => window.End);
        if (end <= start)
        {
            var latest = windows.MaxBy(window => window.Start)!;
            var earliest = windows.MinBy(window => window.End)!;
            throw new RestoreException(
                "PauseWindowsDisjoint",
                FaultCategory.InvalidArgument,
                $"The pause windows have no instant in common: {latest.Source} paused at {Text(latest.Start)}, after {earliest.Source} had gone on at {Text(earliest.End)}.",
                latest.Source,
                "All products that share a restore must have been paused at the same time. Use windows of one backup.");
        }

        var middle = start + ((end - start) / 2);
        var point = DateTimeOffset.FromUnixTimeSeconds(middle.ToUnixTimeSeconds());
        if (point <= start)
        {
            point = point.AddSeconds(1);
        }

        if (point >= end)
        {
            throw new RestoreException(
                "PauseWindowTooShort",
                FaultCategory.InvalidArgument,
                $"No whole second lies inside the pause window from {Text(start)} to {Text(end)}, and databases are restored to whole seconds.",
                windows[0].Source,
                "Pause for about 10 seconds when backing up.");
        }

        var warnings = new List<string>();
        if (end - start < Recommended)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The pause window is {(end - start).TotalSeconds:0.###} s long; about 10 s are advised, because the clocks of client and database may differ."));
        }

        return new RestorePoint
        {
            RestoreTime = point,
            WindowStart = start,
            WindowEnd = end,
            Age = now - point,
            Sources = [.. windows.Select(window => window.Source).Distinct(StringComparer.Ordinal)],
            Warnings = warnings,
        };
    }

    private static void Check(PauseWindow window, DateTimeOffset now)
    {
        if (window.End <= window.Start)
        {
            throw new RestoreException(
                "PauseWindowReversed",
                FaultCategory.InvalidArgument,
                $"The pause window of {window.Source} ends at {Text(window.End)}, which is not after its start at {Text(window.Start)}.",
                window.Source,
                "Give the instant when the pause was complete as start and the instant when the unpause began as end.");
        }

        if (window.End > now)
        {
            throw new RestoreException(
                "PauseWindowInFuture",
                FaultCategory.InvalidArgument,
                $"The pause window of {window.Source} ends at {Text(window.End)}, and now it is {Text(now)}.",
                window.Source,
                "Check the offset of the times, and this machine's clock.");
        }
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
