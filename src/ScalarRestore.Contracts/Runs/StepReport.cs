namespace ScalarRestore.Contracts;

/// <summary>How one step of a plan went.</summary>
public sealed record StepReport
{
    /// <summary>The step's key.</summary>
    public required string Key { get; init; }

    /// <summary>Where it stands.</summary>
    public required StepState State { get; init; }

    /// <summary>When it was first begun, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was done or failed, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The cloud's id of the operation that it started.</summary>
    public string? OperationId { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
