using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>Progress where no bar can be shown (a job, a pipe, Azure Automation): at most one line a minute, for the run as a whole.</summary>
/// <param name="say">Writes a line to the information stream; from any thread.</param>
internal sealed class HeartbeatLines(Action<string> say) : IProgressSink
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();

    // The first minute is covered by the engine's own lines.
    private long _nextAt = Environment.TickCount64 + (long)Interval.TotalMilliseconds;

    /// <inheritdoc/>
    public void Update(ProgressUpdate update)
    {
        if (update.Parent is not null || update.Completed)
            return;
        lock (_lock)
        {
            if (Environment.TickCount64 < _nextAt)
                return;
            _nextAt = Environment.TickCount64 + (long)Interval.TotalMilliseconds;
        }

        string percent = update.Percent is { } p ? $" {p} %," : "";
        string left = update.Remaining is { } r ? $", about {r:hh\\:mm\\:ss} left" : "";
        say($"{update.Activity}:{percent} {update.Status}{left}");
    }

    /// <inheritdoc/>
    public void Finish()
    {
        // Lines need no taking away.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
