namespace ScalarRestore.Sandbox.Azure.Cosmos.Model;

/// <summary>A database, also one that is gone.</summary>
internal sealed class SqlDatabase
{
    public required string Name { get; init; }

    public required string Rid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The request units that its containers share; null where there are none.</summary>
    public CosmosThroughput? Throughput { get; set; }

    /// <summary>All containers that it ever had.</summary>
    public List<SqlContainer> Containers { get; } = [];

    public bool Existed(DateTimeOffset at) => CreatedAt <= at && (DeletedAt is null || at < DeletedAt);

    public IEnumerable<SqlContainer> ContainersAt(DateTimeOffset at) =>
        Containers.Where(c => c.Existed(at)).OrderBy(c => c.Name, StringComparer.Ordinal);

    public SqlContainer? Find(string container, DateTimeOffset at) =>
        Containers.Find(c => c.Name == container && c.Existed(at));
}
