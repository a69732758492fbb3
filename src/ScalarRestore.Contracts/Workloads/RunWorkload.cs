namespace ScalarRestore.Contracts;

/// <summary>A workload as a run remembers it.</summary>
public sealed record RunWorkload
{
    /// <summary>The workload as it was before the run touched it.</summary>
    public required ScalarWorkload Before { get; init; }

    /// <summary>The number of pods to go back to.</summary>
    public required int OriginalReplicas { get; init; }

    /// <summary>Which way of changing the release was chosen.</summary>
    public required WorkloadEngine Engine { get; init; }

    /// <summary>Where helm takes the chart from (a repository alias with chart, a folder or an archive); null for <see cref="WorkloadEngine.Record"/>.</summary>
    public string? ChartReference { get; init; }

    /// <summary>The namespace and the release's name.</summary>
    public override string ToString() => $"{Before.Namespace}/{Before.Name}";
}
