using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>What a restore carries over of a table, besides its items.</summary>
internal sealed record TableShape
{
    public required KeySchema Keys { get; init; }

    public required IReadOnlyDictionary<string, AttributeType> Attributes { get; init; }

    public required bool IsOnDemand { get; init; }

    /// <summary>Zero where the table is on-demand.</summary>
    public Throughput Throughput { get; init; }

    public IReadOnlyList<IndexShape> Indexes { get; init; } = [];

    public Encryption? Encryption { get; init; }

    /// <summary>Leaves out definitions of attributes that are in no key, as after the loss of an index.</summary>
    public TableShape Trimmed()
    {
        var used = Indexes.Select(i => i.Keys).Prepend(Keys)
            .SelectMany(k => new[] { k.HashName, k.RangeName })
            .ToHashSet(StringComparer.Ordinal);
        return this with { Attributes = Attributes.Where(a => used.Contains(a.Key)).ToDictionary(StringComparer.Ordinal) };
    }
}
