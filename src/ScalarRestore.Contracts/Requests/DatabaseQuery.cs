namespace ScalarRestore.Contracts;

/// <summary>Which databases to find.</summary>
public sealed record DatabaseQuery
{
    /// <summary>The workloads whose databases are wanted; may be empty where table names or schema files are given.</summary>
    public IReadOnlyList<ScalarWorkload> Workloads { get; init; } = [];

    /// <summary>Which tables.</summary>
    public DatabaseSelection Selection { get; init; } = new();
}
