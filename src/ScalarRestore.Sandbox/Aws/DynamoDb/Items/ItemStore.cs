using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>
/// The items of one table in key order. While point-in-time recovery is on, every version of every item is kept with the instant of its
/// write. The region's lock guards it.
/// </summary>
internal sealed class ItemStore
{
    private readonly List<Entry> _entries = [];
    private string? _digest;

    public ItemStore()
    {
    }

    /// <summary>Begins with items that are in key order already.</summary>
    public ItemStore(IEnumerable<KeyValuePair<ItemKey, Item>> items)
    {
        foreach (var (key, item) in items)
        {
            _entries.Add(new Entry(key) { Current = item });
            Count++;
            Size += item.Size;
        }
    }

    public int Count { get; private set; }

    public long Size { get; private set; }

    public bool KeepsHistory { get; private set; }

    /// <summary>Begins to keep versions: every instant from now on can be asked for.</summary>
    public void StartHistory() => KeepsHistory = true;

    /// <summary>Forgets all versions but the present one.</summary>
    public void StopHistory()
    {
        KeepsHistory = false;
        _entries.RemoveAll(e => e.Current is null);
        foreach (var entry in _entries)
            entry.History = null;
    }

    public Item? Get(ItemKey key)
    {
        var index = Find(key);
        return index >= 0 ? _entries[index].Current : null;
    }

    /// <summary>Writes an item, or deletes it where there is none to write.</summary>
    /// <returns>The item before.</returns>
    public Item? Set(ItemKey key, Item? item, DateTimeOffset at)
    {
        var index = Find(key);
        if (index < 0)
        {
            if (item is null)
                return null;

            index = ~index;
            _entries.Insert(index, new Entry(key));
        }

        var entry = _entries[index];
        var before = entry.Current;
        _digest = null;
        Count += (item is null ? 0 : 1) - (before is null ? 0 : 1);
        Size += (item?.Size ?? 0) - (before?.Size ?? 0);
        if (KeepsHistory)
            (entry.History ??= [new Version(DateTimeOffset.MinValue, before)]).Add(new Version(at, item));

        entry.Current = item;
        if (item is null && !KeepsHistory)
            _entries.RemoveAt(index);

        return before;
    }

    /// <summary>The items as they were after every write up to and including that instant.</summary>
    public List<KeyValuePair<ItemKey, Item>> AsOf(DateTimeOffset instant)
    {
        var items = new List<KeyValuePair<ItemKey, Item>>(Count);
        foreach (var entry in _entries)
        {
            var item = entry.History is null ? entry.Current : entry.History.FindLast(v => v.At <= instant).Item;
            if (item is not null)
                items.Add(new(entry.Key, item));
        }

        return items;
    }

    /// <summary>The present items.</summary>
    public List<KeyValuePair<ItemKey, Item>> Snapshot() => AsOf(DateTimeOffset.MaxValue);

    /// <summary>The present items from a key on, in key order.</summary>
    /// <param name="from">The first key that may come; all where null.</param>
    /// <param name="after">Whether the key itself is left out.</param>
    public IEnumerable<KeyValuePair<ItemKey, Item>> Walk(ItemKey? from, bool after = false)
    {
        var index = from is null ? 0 : Find(from);
        index = index < 0 ? ~index : index + (after && from is not null ? 1 : 0);
        for (; index < _entries.Count; index++)
        {
            if (_entries[index].Current is { } item)
                yield return new(_entries[index].Key, item);
        }
    }

    /// <summary>SHA-256 over all items in canonical form, sorted: equal exactly where the contents are.</summary>
    public string Digest()
    {
        if (_digest is not null)
            return _digest;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var (_, item) in Walk(null))
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            item.WriteCanonical(writer);
            writer.Flush();
            hash.AppendData(buffer.WrittenSpan);
        }

        return _digest = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private int Find(ItemKey key)
    {
        var low = 0;
        var high = _entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = _entries[middle].Key.OrderAgainst(key);
            if (order == 0)
                return middle;

            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private readonly record struct Version(DateTimeOffset At, Item? Item);

    private sealed class Entry(ItemKey key)
    {
        public ItemKey Key { get; } = key;

        public Item? Current { get; set; }

        /// <summary>Null as long as the item has not changed since versions are kept.</summary>
        public List<Version>? History { get; set; }
    }
}
