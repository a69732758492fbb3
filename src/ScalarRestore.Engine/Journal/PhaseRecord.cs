namespace ScalarRestore.Engine.Journal;

/// <summary>A phase as it was planned.</summary>
internal sealed record PhaseRecord
{
    /// <summary>The whole plan, so that another process can run what is left of it.</summary>
    public required RestorePlan Plan { get; init; }

    /// <summary>The settled phase that the plan leads to.</summary>
    public required RestorePhase LeadsTo { get; init; }

    /// <summary>The restore point; the restore phase only.</summary>
    public DateTimeOffset? RestoreTime { get; init; }

    /// <summary>How the AWS accounts are reached; no secrets.</summary>
    public DatabaseSelection? Selection { get; init; }

    /// <summary>Whether the phase is over.</summary>
    public bool Closed { get; init; }
}
