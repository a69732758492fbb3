using ScalarRestore.Sandbox.Azure.Data;

namespace ScalarRestore.Sandbox.Azure.Servers.Model;

/// <summary>A database on a server, also one that is gone.</summary>
internal sealed class ServerDatabase
{
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public required string Charset { get; init; }

    public required string Collation { get; init; }

    /// <summary>The rows of each table, by id.</summary>
    public SortedDictionary<string, ItemHistory> Tables { get; } = new(StringComparer.Ordinal);

    public bool Existed(DateTimeOffset at) => CreatedAt <= at && (DeletedAt is null || at < DeletedAt);
}
