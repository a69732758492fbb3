using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>
/// All objects, one version counter and the recent history. An object in the store is never changed, only replaced, so what
/// was read under <see cref="Gate"/> may be used after it is let go.
/// </summary>
internal sealed class ObjectStore(SandboxClock clock, ResourceCatalog catalog, int history, int seed)
{
    private readonly SortedDictionary<(string Group, string Plural), SortedDictionary<(string Namespace, string Name), JsonObject>> _objects = new(KeyOrder.Instance);
    private readonly Dictionary<string, (ResourceType Type, JsonObject Item)> _byUid = new(StringComparer.Ordinal);
    private readonly Queue<Change> _changes = new();
    private readonly Random _random = new(seed);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Held for every read and write of the store.</summary>
    public Lock Gate { get; } = new();

    public SandboxClock Clock { get; } = clock;

    public ResourceCatalog Catalog { get; } = catalog;

    /// <summary>The newest resource version; starts above 1 as 0 and 1 mean something else to clients.</summary>
    public long Version { get; private set; } = 100;

    /// <summary>Changes after this version are still known.</summary>
    public long Floor { get; private set; } = 100;

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    public JsonObject? Find(ResourceType type, string ns, string name) =>
        _objects.TryGetValue(type.Key, out var items) ? items.GetValueOrDefault((ns, name)) : null;

    public (ResourceType Type, JsonObject Item)? FindUid(string uid) => _byUid.TryGetValue(uid, out var found) ? found : null;

    /// <summary>The objects of a resource, by namespace and name.</summary>
    /// <param name="type">The resource.</param>
    /// <param name="ns">The namespace; null or empty for all.</param>
    public IEnumerable<JsonObject> List(ResourceType type, string? ns = null) => _objects.TryGetValue(type.Key, out var items)
        ? items.Where(item => string.IsNullOrEmpty(ns) || item.Key.Namespace == ns).Select(item => item.Value)
        : [];

    /// <summary>Every object, with its resource, in a fixed order.</summary>
    public IEnumerable<((string Group, string Plural) Key, JsonObject Item)> All() =>
        _objects.SelectMany(entry => entry.Value.Values.Select(item => (entry.Key, item)));

    /// <summary>Adds or replaces an object, which belongs to the store from now on, and gives it the next version.</summary>
    public JsonObject Put(ResourceType type, JsonObject item)
    {
        var before = Find(type, item.Namespace(), item.Name());
        item.Metadata()["resourceVersion"] = NextVersion();
        if (!_objects.TryGetValue(type.Key, out var items))
        {
            _objects[type.Key] = items = new SortedDictionary<(string Namespace, string Name), JsonObject>(KeyOrder.Instance);
        }

        items[(item.Namespace(), item.Name())] = item;
        _byUid[item.Uid()] = (type, item);
        Publish(type, new Change(Version, type.Key, before, item, item));
        return item;
    }

    public void Remove(ResourceType type, JsonObject item)
    {
        if (Find(type, item.Namespace(), item.Name()) is not { } before)
        {
            return;
        }

        _objects[type.Key].Remove((item.Namespace(), item.Name()));
        _byUid.Remove(before.Uid());
        var last = before.Copy();
        last.Metadata()["resourceVersion"] = NextVersion();
        Publish(type, new Change(Version, type.Key, before, null, last));
    }

    /// <summary>Changes one object by a copy; nothing happens where the object is gone or the copy comes out the same.</summary>
    public JsonObject? Edit(ResourceType type, JsonObject item, Action<JsonObject> edit)
    {
        if (Find(type, item.Namespace(), item.Name()) is not { } present || present.Uid() != item.Uid())
        {
            return null;
        }

        var copy = present.Copy();
        edit(copy);
        if (JsonPaths.Same(copy, present))
        {
            return present;
        }

        if (type.HasGeneration && !JsonPaths.Same(copy["spec"], present["spec"]))
        {
            copy.Metadata()["generation"] = (present.NumberAt("metadata", "generation") ?? 0) + 1;
        }

        return Put(type, copy);
    }

    /// <summary>The changes after a version, oldest first; null where they are no longer known.</summary>
    public IReadOnlyList<Change>? Since(long version) => version < Floor ? null : [.. _changes.SkipWhile(change => change.Version <= version)];

    /// <summary>Wakes whoever waits for a change, as if there had been one.</summary>
    public void Wake()
    {
        var signal = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        signal.SetResult();
    }

    public string NewUid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes).ToString();
    }

    /// <summary>A random ending for a generated name, in the letters Kubernetes uses.</summary>
    public string NewSuffix(int length = 5) => new(_random.GetItems<char>("bcdfghjklmnpqrstvwxz2456789", length));

    private string NextVersion() => (++Version).ToString(CultureInfo.InvariantCulture);

    private void Publish(ResourceType type, Change change)
    {
        if (type.Key == BuiltInTypes.Definitions.Key)
        {
            Catalog.Refresh(List(type));
        }

        _changes.Enqueue(change);
        while (_changes.Count > history)
        {
            Floor = _changes.Dequeue().Version;
        }

        Wake();
    }

    private sealed class KeyOrder : IComparer<(string, string)>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare((string, string) x, (string, string) y)
        {
            var first = string.CompareOrdinal(x.Item1, y.Item1);
            return first != 0 ? first : string.CompareOrdinal(x.Item2, y.Item2);
        }
    }
}
