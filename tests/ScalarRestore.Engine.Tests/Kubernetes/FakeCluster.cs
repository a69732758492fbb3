using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Tests.Kubernetes;

/// <summary>A cluster in memory: versions, generations, conflicts, label selectors, and a hook around every change.</summary>
internal sealed class FakeCluster : IKubernetesClient
{
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private int _version = 100;

    public string Server { get; init; } = "https://cluster.test:6443";

    public KubernetesConnection Connection { get; } = new() { Context = "test" };

    public string DefaultNamespace => "default";

    /// <summary>Called before (false) and after (true) each change, with its name; may throw.</summary>
    public Action<string, bool> OnChange { get; set; } = (_, _) => { };

    /// <summary>Kinds that may not be read.</summary>
    public HashSet<KubeResource> Forbidden { get; } = [];

    /// <summary>Whether only the objects of one namespace may be listed, and not those of all.</summary>
    public bool OnlyByNamespace { get; set; }

    /// <summary>Kinds that the cluster does not have.</summary>
    public HashSet<KubeResource> Unknown { get; } = [];

    public string Log { get; set; } = "";

    public int Changes { get; private set; }

    public void Put(KubeResource resource, string? ns, JsonObject body)
    {
        body = Sent(body);
        body["metadata"] ??= new JsonObject();
        body["metadata"]!["resourceVersion"] = NextVersion();
        if (ns is not null)
            body["metadata"]!["namespace"] = ns;

        _objects[Key(resource, ns, (string)body["metadata"]!["name"]!)] = body;
    }

    public void Remove(KubeResource resource, string? ns, string name) => _objects.Remove(Key(resource, ns, name));

    public Task<JsonObject> GetAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        Allow(resource);
        return _objects.TryGetValue(Key(resource, ns, name), out var found)
            ? Task.FromResult(Sent(found))
            : throw Fault("ResourceNotFound", FaultCategory.ObjectNotFound);
    }

    public async Task<JsonObject?> FindAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(resource, ns, name, cancellationToken);
        }
        catch (RestoreException e) when (e.Id == "ResourceNotFound")
        {
            return null;
        }
    }

    public Task<IReadOnlyList<JsonObject>> ListAsync(KubeResource resource, string? ns, string? labelSelector, CancellationToken cancellationToken)
    {
        Allow(resource);
        if (OnlyByNamespace && ns is null)
            throw Fault("ClusterForbidden", FaultCategory.PermissionDenied);

        if (Unknown.Contains(resource))
            throw Fault("ResourceNotFound", FaultCategory.ObjectNotFound);

        var wanted = (labelSelector ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToList();
        var prefix = ns is null ? $"{resource}|" : $"{resource}|{ns}|";
        return Task.FromResult<IReadOnlyList<JsonObject>>(
        [
            .. _objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Where(pair => wanted.TrueForAll(label => (string?)pair.Value["metadata"]?["labels"]?[label[0]] == label[1]))
                .Select(pair => Sent(pair.Value)),
        ]);
    }

    public Task<JsonObject> CreateAsync(KubeResource resource, string? ns, JsonObject body, CancellationToken cancellationToken)
    {
        var name = (string)body["metadata"]!["name"]!;
        return Change($"create {resource} {name}", () =>
        {
            if (_objects.ContainsKey(Key(resource, ns, name)))
                throw Fault("ResourceExists", FaultCategory.ResourceExists);

            Put(resource, ns, body);
            return _objects[Key(resource, ns, name)];
        });
    }

    public Task<JsonObject> PatchAsync(
        KubeResource resource, string? ns, string name, KubePatchType type, JsonNode patch, CancellationToken cancellationToken) =>
        Change($"patch {resource} {name}", () =>
        {
            var present = _objects[Key(resource, ns, name)];
            CheckVersion(present, patch);
            var before = present["spec"]?.ToJsonString();
            Merge(present, (JsonObject)patch);
            present["metadata"]!["resourceVersion"] = NextVersion();
            if (present["spec"]?.ToJsonString() != before)
                present["metadata"]!["generation"] = ((long?)present["metadata"]!["generation"] ?? 1) + 1;

            return present;
        });

    public Task<JsonObject> ReplaceAsync(KubeResource resource, string? ns, string name, JsonObject body, CancellationToken cancellationToken) =>
        Change($"update {resource} {name}", () =>
        {
            CheckVersion(_objects[Key(resource, ns, name)], body);
            Put(resource, ns, body);
            return _objects[Key(resource, ns, name)];
        });

    public Task DeleteAsync(KubeResource resource, string? ns, string name, JsonObject? options, CancellationToken cancellationToken)
    {
        Remove(resource, ns, name);
        return Task.CompletedTask;
    }

    public Task<string> ReadLogAsync(string ns, string pod, string container, bool previous, int tailLines, CancellationToken cancellationToken) =>
        Task.FromResult(Log);

    public void Dispose()
    {
    }

    private static string Key(KubeResource resource, string? ns, string name) => $"{resource}|{ns}|{name}";

    private string NextVersion() => (++_version).ToString(CultureInfo.InvariantCulture);

    /// <summary>What goes over the wire: text, so that numbers have no type of ours any more.</summary>
    private static JsonObject Sent(JsonObject value) => JsonNode.Parse(value.ToJsonString())!.AsObject();

    private void Allow(KubeResource resource)
    {
        if (Forbidden.Contains(resource))
            throw Fault("ClusterForbidden", FaultCategory.PermissionDenied);
    }

    private Task<JsonObject> Change(string what, Func<JsonObject> act)
    {
        Changes++;
        OnChange(what, false);
        var result = Sent(act());
        OnChange(what, true);
        return Task.FromResult(result);
    }

    private static void CheckVersion(JsonObject present, JsonNode sent)
    {
        if ((string?)sent["metadata"]?["resourceVersion"] is { } version && version != (string?)present["metadata"]!["resourceVersion"])
            throw Fault("ResourceConflict", FaultCategory.ResourceBusy);
    }

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject child && into[key] is JsonObject present)
                Merge(present, child);
            else
                into[key] = value?.DeepClone();
        }
    }

    private static RestoreException Fault(string id, FaultCategory category) => new(id, category, id);
}
