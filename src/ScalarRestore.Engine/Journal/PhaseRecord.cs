using ScalarRestore.Engine.Procedures.Values;

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

    /// <summary>How many restores of this run were planned, this one included; names of copies derive from it.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What the operator was told while planning, and should see again at the end.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it starts the workloads without a restore.</summary>
    public bool Abandons { get; init; }

    /// <summary>What the start of the workloads has to apply to their releases; the update of values only.</summary>
    public IReadOnlyList<ReleasePointing> Pointings { get; init; } = [];

    /// <summary>The values that are changed later or had not to be, for the report; the update of values only.</summary>
    public IReadOnlyList<ValuesChange> Values { get; init; } = [];

    /// <summary>Whether the phase is over.</summary>
    public bool Closed { get; init; }
}
