using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>What a restoring process has to do; crosses to child processes as JSON.</summary>
internal sealed record JobSpec
{
    /// <summary>The namespace of the releases.</summary>
    public required string Namespace { get; init; }

    /// <summary>The releases.</summary>
    public required IReadOnlyList<string> Releases { get; init; }

    /// <summary>The folder for the journal; a run that is found there is taken up again.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>The restore point, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>How releases are changed.</summary>
    public required WorkloadEngine Engine { get; init; }

    /// <summary>Where helm finds charts; null without helm.</summary>
    public string? ChartSource { get; init; }

    /// <summary>Values files to be pointed at what was restored, in helm's order; none if they are in the releases alone, or need no change.</summary>
    public IReadOnlyList<string> ValuesFiles { get; init; } = [];

    /// <summary>Whether the releases' own values are to be pointed at what was restored.</summary>
    public bool FromRelease { get; init; }

    /// <summary>Whether the Secrets behind placeholders are to be updated.</summary>
    public bool UpdateSecret { get; init; }

    /// <summary>Whether any database is on Azure, where a managed identity is signed in.</summary>
    public bool OnAzure { get; init; }

    /// <summary>The phase to stop at.</summary>
    public required RestorePhase Until { get; init; }

    /// <summary>How long ready pods must be stable.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that any wait may take, in the sandbox's time: generous, since a busy machine is not a cloud that hangs.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Where the process kills itself; null for nowhere.</summary>
    public string? KillAt { get; init; }

    /// <summary>Whether every change of state is printed.</summary>
    public bool Verbose { get; init; }
}
