namespace ScalarRestore.Contracts;

/// <summary>Guide step 1: bring workloads to zero pods.</summary>
public sealed record StopRequest
{
    /// <summary>All workloads of the run; at least one.</summary>
    public required IReadOnlyList<ScalarWorkload> Workloads { get; init; }

    /// <summary>How the releases are changed.</summary>
    public WorkloadEngine Engine { get; init; }

    /// <summary>Where helm finds charts: a repository alias (default <c>scalar-labs</c>), or a folder that holds charts or archives.</summary>
    public string? ChartSource { get; init; }

    /// <summary>A folder for the journal, or <c>configmap:NAMESPACE</c>; null takes the user's data folder.</summary>
    public string? JournalPath { get; init; }

    /// <summary>The longest to wait for the last pod to be gone.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Goes on although an autoscaler or a GitOps controller may start the pods again.</summary>
    public bool IgnoreBlockers { get; init; }

    /// <summary>Plans and shows, and sends nothing but reads.</summary>
    public bool WhatIf { get; init; }
}
