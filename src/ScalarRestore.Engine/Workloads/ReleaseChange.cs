namespace ScalarRestore.Engine.Workloads;

/// <summary>What became of a release. The evidence of <c>workload.scale</c>.</summary>
internal sealed record ReleaseChange
{
    /// <summary>What changed the release.</summary>
    public required WorkloadEngine Engine { get; init; }

    /// <summary>The newest revision now.</summary>
    public required int Revision { get; init; }

    /// <summary>The number of pods that the Deployment asked for before.</summary>
    public required int PreviousReplicas { get; init; }

    /// <summary>The number that it asks for now.</summary>
    public required int Replicas { get; init; }

    /// <summary>The dotted keys of values that were applied.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>False where everything was as it should be already.</summary>
    public required bool Changed { get; init; }
}
