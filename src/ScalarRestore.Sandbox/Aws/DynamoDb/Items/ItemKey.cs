namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>
/// A primary key in the order of the store: partitions by a hash of their key, as in DynamoDB, where a scan's order says nothing; within
/// a partition by the sort key.
/// </summary>
internal sealed class ItemKey
{
    private readonly byte[] _partition;
    private readonly byte[] _sort;

    public ItemKey(byte[] partition, byte[] sort)
    {
        _partition = partition;
        _sort = sort;
        Hash = HashOf(partition);
    }

    /// <summary>The place of the partition; the same in every run.</summary>
    public ulong Hash { get; }

    /// <summary>Which of so many equal parts of the table the partition is in.</summary>
    public int Segment(int total) => (int)Math.BigMul(Hash, (ulong)total, out _);

    public bool IsSamePartition(ItemKey other) => Hash == other.Hash && _partition.AsSpan().SequenceEqual(other._partition);

    public int OrderAgainst(ItemKey other)
    {
        var order = Hash.CompareTo(other.Hash);
        if (order == 0)
            order = _partition.AsSpan().SequenceCompareTo(other._partition);

        return order != 0 ? order : _sort.AsSpan().SequenceCompareTo(other._sort);
    }

    // FNV-1a with the finalizer of splitmix64, which spreads short keys over all segments.
    private static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes)
            hash = unchecked((hash ^ b) * 1099511628211UL);

        unchecked
        {
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        }

        return hash ^ (hash >> 31);
    }
}
