namespace ScalarRestore.Contracts;

/// <summary>What became of guide step 3.</summary>
public sealed record ValuesUpdate
{
    /// <summary>The run; null where files were edited by themselves.</summary>
    public RestoreRun? Run { get; init; }

    /// <summary>What was looked at, in the order of the files.</summary>
    public IReadOnlyList<ValuesChange> Changes { get; init; } = [];
}
