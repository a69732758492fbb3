namespace ScalarRestore.Contracts;

/// <summary>The one second that every database of a run goes back to, and where it comes from.</summary>
public sealed record RestorePoint
{
    /// <summary>The restore point: a whole second, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>The begin of the pause window (the latest of several), UTC.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>The end of the pause window (the earliest of several), UTC.</summary>
    public DateTimeOffset? WindowEnd { get; init; }

    /// <summary>The window's length.</summary>
    public TimeSpan? WindowLength => WindowEnd - WindowStart;

    /// <summary>How long ago the restore point was when it was computed.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>The restore point on this machine's clock.</summary>
    public DateTimeOffset LocalTime => RestoreTime.ToLocalTime();

    /// <summary>The releases or files that the windows came from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What is doubtful about the window.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The restore point in ISO 8601, UTC.</summary>
    public override string ToString() => RestoreTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
