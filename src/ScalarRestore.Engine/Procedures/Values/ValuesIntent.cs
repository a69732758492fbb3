namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>What an update of values was asked for: enough to plan it again, in another process, and no secret.</summary>
internal sealed record ValuesIntent
{
    /// <summary>The files as full paths, in helm's order.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether the releases' own values are taken.</summary>
    public bool FromRelease { get; init; }

    /// <summary>The workloads that the values belong to; empty means all of the run.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether Secrets may be changed.</summary>
    public bool UpdateSecret { get; init; }

    /// <summary>The endpoints that changed.</summary>
    public required IReadOnlyList<EndpointChange> Changes { get; init; }

    /// <summary>The cluster of the Secrets, where there is no run.</summary>
    public KubernetesConnection? Connection { get; init; }

    /// <summary>Their namespace, where there is no run.</summary>
    public string? Namespace { get; init; }
}
