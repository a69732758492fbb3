namespace ScalarRestore.Contracts;

/// <summary>How far an activity is.</summary>
public sealed record ProgressUpdate
{
    /// <summary>The activity; one stable text for as long as it lasts. The run itself has the empty text as parent.</summary>
    public required string Activity { get; init; }

    /// <summary>The activity that this one is a part of; null for the run itself.</summary>
    public string? Parent { get; init; }

    /// <summary>What is happening now.</summary>
    public required string Status { get; init; }

    /// <summary>0 to 99 while it goes on; null where it cannot be known.</summary>
    public int? Percent { get; init; }

    /// <summary>The expected time left.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Whether the activity is over, in whatever way.</summary>
    public bool Completed { get; init; }
}
