using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>A backup: the items and the shape of a table at one moment.</summary>
internal sealed class Backup
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    /// <summary>USER or SYSTEM.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>CREATING, AVAILABLE or DELETED.</summary>
    public string Status { get; set; } = "CREATING";

    public required string TableName { get; init; }

    public required string TableArn { get; init; }

    public required string TableId { get; init; }

    public required DateTimeOffset TableCreatedAt { get; init; }

    /// <summary>The table's own.</summary>
    public required string Origin { get; init; }

    public required TableShape Shape { get; init; }

    public required IReadOnlyList<KeyValuePair<ItemKey, Item>> Items { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The table's own, stale count.</summary>
    public required StaleCount Counted { get; init; }

    public string? StreamView { get; init; }

    public string? StreamArn { get; init; }

    public string? TtlAttribute { get; init; }

    public Throughput? OnDemand { get; init; }

    /// <summary>Restores that read it just now.</summary>
    public int Readers { get; set; }

    public string? Digest { get; set; }
}
