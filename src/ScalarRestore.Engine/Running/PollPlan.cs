namespace ScalarRestore.Engine.Running;

/// <summary>How to wait for something that takes its time.</summary>
internal sealed record PollPlan
{
    /// <summary>What is waited for, for messages: <c>table X to become ACTIVE</c>.</summary>
    public required string What { get; init; }

    /// <summary>The resource, for the error when the deadline passes.</summary>
    public required string Target { get; init; }

    /// <summary>The longest to wait from the first probe of this process on.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>When the operation began; with <see cref="AtLeast"/> this is where polling becomes worthwhile.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The shortest time that the operation is known to take. It is probed once at the start and then not before this has passed.</summary>
    public TimeSpan AtLeast { get; init; }

    /// <summary>Between two probes; jitter of up to a quarter is taken off.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The command or act that helps when the deadline has passed.</summary>
    public required string NextAction { get; init; }
}
