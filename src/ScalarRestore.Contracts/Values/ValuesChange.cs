namespace ScalarRestore.Contracts;

/// <summary>What was done, or would be done, to one file, Secret or release. Holds no secrets: what looks like one is masked.</summary>
public sealed record ValuesChange
{
    /// <summary>What it is.</summary>
    public required ValuesTarget Target { get; init; }

    /// <summary>A file's full path, or <c>namespace/name</c> of a Secret or a release.</summary>
    public required string Path { get; init; }

    /// <summary>How far it is.</summary>
    public required ValuesChangeState State { get; init; }

    /// <summary>The places; empty where nothing has to change.</summary>
    public IReadOnlyList<EndpointEdit> Edits { get; init; } = [];

    /// <summary>A unified diff with secrets masked; null for Secrets and where nothing changes.</summary>
    public string? Diff { get; init; }

    /// <summary>The path and the state.</summary>
    public override string ToString() => $"{Path}: {State}";
}
