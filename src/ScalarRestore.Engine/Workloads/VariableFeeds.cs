using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Finds what feeds environment variables: which key of which Secret or ConfigMap. Only what is asked for is taken from Secrets.</summary>
internal sealed class VariableFeeds(IKubernetesClient client)
{
    private readonly Dictionary<(bool IsSecret, string Namespace, string Name), JsonObject?> _read = [];

    /// <summary>Whether all that was asked for could be read.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>The variables that a text refers to.</summary>
    public static IReadOnlySet<string> NamesIn(string text) =>
        Placeholders.Parts(text).Select(part => part.Variable).ToHashSet(StringComparer.Ordinal);

    /// <summary>What feeds some variables of a container. Entries of <c>env</c> win over <c>envFrom</c>, and there the later one wins.</summary>
    public async Task<IReadOnlyDictionary<string, VariableFeed>> FindAsync(
        string ns, JsonObject? container, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        var feeds = new Dictionary<string, VariableFeed>(StringComparer.Ordinal);
        foreach (var entry in Entries(container, "envFrom"))
        {
            var prefix = (string?)entry["prefix"] ?? "";
            var wanted = names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            if (wanted.Count == 0 || Reference(entry["secretRef"], entry["configMapRef"]) is not { } source)
                continue;

            foreach (var name in wanted)
            {
                if (await ReadAsync(ns, source, name, name[prefix.Length..], cancellationToken).ConfigureAwait(false) is { Value: not null } feed)
                    feeds[name] = feed;
            }
        }

        foreach (var entry in Entries(container, "env"))
        {
            if ((string?)entry["name"] is not { } name || !names.Contains(name))
                continue;

            feeds.Remove(name);
            var (secret, map) = (entry["valueFrom"]?["secretKeyRef"], entry["valueFrom"]?["configMapKeyRef"]);
            if (Reference(secret, map) is { } source)
                feeds[name] = await ReadAsync(ns, source, name, (string?)(secret ?? map)!["key"] ?? "", cancellationToken).ConfigureAwait(false);
        }

        return feeds;
    }

    /// <summary>What one Secret feeds under the names of its keys.</summary>
    public async Task<IReadOnlyDictionary<string, VariableFeed>> FindInSecretAsync(
        string ns, string secret, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        var feeds = new Dictionary<string, VariableFeed>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (await ReadAsync(ns, (true, secret), name, name, cancellationToken).ConfigureAwait(false) is { Value: not null } feed)
                feeds[name] = feed;
        }

        return feeds;
    }

    private static (bool IsSecret, string Name)? Reference(JsonNode? secret, JsonNode? map) =>
        (string?)(secret ?? map)?["name"] is { } name ? (secret is not null, name) : null;

    private async Task<VariableFeed> ReadAsync(
        string ns, (bool IsSecret, string Name) source, string variable, string key, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue((source.IsSecret, ns, source.Name), out var found))
        {
            found = await FetchAsync(ns, source, cancellationToken).ConfigureAwait(false);
            _read[(source.IsSecret, ns, source.Name)] = found;
        }

        Complete &= found is not null;
        var value = (string?)found?["data"]?[key];
        return new VariableFeed(
            variable,
            source.IsSecret ? source.Name : null,
            source.IsSecret ? null : source.Name,
            key,
            value is not null && source.IsSecret ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : value);
    }

    private async Task<JsonObject?> FetchAsync(string ns, (bool IsSecret, string Name) source, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindAsync(source.IsSecret ? KubeResource.Secrets : KubeResource.ConfigMaps, ns, source.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ClusterForbidden")
        {
            // The placeholder then stays a placeholder; whoever needs the value says so.
            return null;
        }
    }

    private static IEnumerable<JsonObject> Entries(JsonObject? container, string key) =>
        (container?[key] as JsonArray)?.OfType<JsonObject>() ?? [];
}
