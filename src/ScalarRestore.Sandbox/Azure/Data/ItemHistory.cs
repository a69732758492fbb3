using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Data;

/// <summary>Items by id with all that they ever were: the documents of a container, the rows of a table.</summary>
internal sealed class ItemHistory
{
    private readonly SortedDictionary<string, List<(DateTimeOffset At, JsonNode? Value)>> _items = new(StringComparer.Ordinal);

    /// <summary>Writes an item, or deletes it by null. What is written must not be older than what is there.</summary>
    public void Set(string id, JsonNode? value, DateTimeOffset at)
    {
        if (!_items.TryGetValue(id, out var versions))
            _items[id] = versions = [];

        if (versions.Count > 0 && versions[^1].At > at)
            throw new ArgumentException($"The item '{id}' has a newer version.");

        versions.Add((at, value?.DeepClone()));
    }

    /// <summary>The items as they were at an instant, that instant's own writes included.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode>> AsOf(DateTimeOffset at)
    {
        foreach (var (id, versions) in _items)
        {
            if (versions.FindLast(v => v.At <= at).Value is { } value)
                yield return KeyValuePair.Create(id, value);
        }
    }

    /// <summary>A new history that begins with the items of an instant.</summary>
    public ItemHistory Restore(DateTimeOffset asOf, DateTimeOffset now)
    {
        var restored = new ItemHistory();
        foreach (var (id, value) in AsOf(asOf))
            restored.Set(id, value, now);

        return restored;
    }

    /// <summary>The items of an instant as JSON.</summary>
    public JsonObject ToJson(DateTimeOffset at) => new(AsOf(at).Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value.DeepClone())));

    /// <summary>The same for the same items, whatever their history.</summary>
    public static string Digest(JsonObject items) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(items.ToJsonString())));
}
