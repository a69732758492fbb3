namespace ScalarRestore.Contracts;

/// <summary>One execution of the procedure: what flows through the pipeline.</summary>
public sealed record RestoreRun
{
    /// <summary>The run's id, for example <c>20261122-143136-7f3c</c> (UTC).</summary>
    public required string RunId { get; init; }

    /// <summary>The journal that the run can be found and resumed from: a file, or <c>configmap:NAMESPACE</c>.</summary>
    public required string JournalPath { get; init; }

    /// <summary>How far the run has come.</summary>
    public required RestorePhase Phase { get; init; }

    /// <summary>The verdict so far.</summary>
    public required RestoreOutcome Outcome { get; init; }

    /// <summary>The workloads, with the replica counts to go back to.</summary>
    public IReadOnlyList<RunWorkload> Workloads { get; init; } = [];

    /// <summary>The databases, once they are restored.</summary>
    public IReadOnlyList<RestoredDatabase> Databases { get; init; } = [];

    /// <summary>What was changed in values files, Secrets and releases to point the workloads at the restored databases; without diffs.</summary>
    public IReadOnlyList<ValuesChange> Values { get; init; } = [];

    /// <summary>The restore point, UTC; null until it is known.</summary>
    public DateTimeOffset? RestoreTime { get; init; }

    /// <summary>When the run was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the last fact was journaled, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The plan of the phase last planned.</summary>
    public RestorePlan? Plan { get; init; }

    /// <summary>The state of that plan's steps.</summary>
    public IReadOnlyList<StepReport> Steps { get; init; } = [];

    /// <summary>What needs a person's eye.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The last error; null if none.</summary>
    public string? Error { get; init; }

    /// <summary>The command that goes on from here; null when nothing is left to do.</summary>
    public string? NextCommand { get; init; }

    /// <summary>True where the object shows what would have been done (<c>-WhatIf</c>, <c>-PlanOnly</c>) and nothing was.</summary>
    public bool NotExecuted { get; init; }

    /// <summary>The run's id.</summary>
    public override string ToString() => RunId;
}
