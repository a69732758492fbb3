using ScalarRestore.Benchmarks.Makespan;

namespace ScalarRestore.Benchmarks.ByHand;

/// <summary>
/// Adds up what a restore by hand would take where time runs at its own pace. The sandbox's time runs many times faster, but a process of the
/// CLI takes as long as ever; so the processes are counted with their wall time, and each wait with what the service really took, rounded up
/// to the next look that someone who sleeps 20 s in between would take.
/// </summary>
internal sealed class HandTimer
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Sleep = TimeSpan.FromSeconds(20);

    private double _cliSeconds;

    /// <summary>All that was counted, in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Commands, looks included.</summary>
    public int Commands { get; private set; }

    /// <summary>What one process of the CLI took on average, in wall seconds.</summary>
    public double CliSeconds => Commands == 0 ? 0 : _cliSeconds / Commands;

    /// <summary>A command that did something.</summary>
    public void Command(TimeSpan took)
    {
        Look(took);
        Seconds += took.TotalSeconds;
    }

    /// <summary>A look; what it costs is counted with the wait that it belongs to.</summary>
    public void Look(TimeSpan took)
    {
        Commands++;
        _cliSeconds += took.TotalSeconds;
    }

    /// <summary>A wait for one operation.</summary>
    public void Wait(ServiceOperation operation)
    {
        var round = Sleep.TotalSeconds + CliSeconds;
        Seconds += Math.Ceiling(operation.Seconds / round) * round;
    }

    /// <summary>A command that was refused for now, and the sleep before it was tried again.</summary>
    public void Refused(TimeSpan took)
    {
        Command(took);
        Seconds += Sleep.TotalSeconds;
    }
}
