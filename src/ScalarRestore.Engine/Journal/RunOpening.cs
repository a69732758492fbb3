namespace ScalarRestore.Engine.Journal;

/// <summary>How a run was opened.</summary>
internal sealed record RunOpening
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>By whom: user and machine.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>The version that opened it.</summary>
    public required string Version { get; init; }

    /// <summary>What <c>-JournalPath</c> has to say to find the run again; null for the default folder.</summary>
    public string? JournalArgument { get; init; }

    /// <summary>The workloads with the replica counts to go back to.</summary>
    public required IReadOnlyList<RunWorkload> Workloads { get; init; }
}
