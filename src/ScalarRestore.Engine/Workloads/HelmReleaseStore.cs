using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Helm's memory: Secrets, or ConfigMaps where <c>HELM_DRIVER</c> says so. Where helm keeps its releases in an SQL database, there is nothing
/// to be found here.
/// </summary>
internal sealed class HelmReleaseStore(IKubernetesClient client, TimeProvider clock)
{
    /// <summary>The most that the data of a Secret or ConfigMap may hold.</summary>
    private const int MaxData = 1024 * 1024;

    private static readonly HashSet<string> SystemLabels = new(StringComparer.Ordinal) { "name", "owner", "status", "version", "createdAt", "modifiedAt" };

    /// <summary>All revisions of all releases of a namespace, or of all namespaces.</summary>
    public async Task<StoredReleases> ListAsync(string? ns, CancellationToken cancellationToken)
    {
        const string selector = "owner=helm";
        var secrets = await ReadAsync(KubeResource.Secrets, ns, selector, cancellationToken).ConfigureAwait(false);
        var maps = await TryReadMapsAsync(ns, selector, cancellationToken).ConfigureAwait(false);
        return new StoredReleases([.. secrets, .. maps ?? []], WithoutConfigMaps: maps is null);
    }

    /// <summary>The revisions of one release, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredRevision>> HistoryAsync(string ns, string release, CancellationToken cancellationToken)
    {
        var selector = $"name={release},owner=helm";
        var found = await ReadAsync(KubeResource.Secrets, ns, selector, cancellationToken).ConfigureAwait(false);
        var maps = found.Count > 0 ? [] : await TryReadMapsAsync(ns, selector, cancellationToken).ConfigureAwait(false);
        if (maps is { Count: > 0 })
            found = maps;

        var unseen = maps is null ? $" ({StoredReleases.ConfigMapsForbidden})" : "";
        return found.Count > 0
            ? [.. found.OrderBy(revision => revision.Revision)]
            : throw new RestoreException(
                "ReleaseNotFound",
                FaultCategory.ObjectNotFound,
                $"There is no release '{release}' in namespace '{ns}' of {client.Server}{unseen}.",
                $"{client.Server} {ns}/{release}",
                "See 'helm list -n " + ns + "'.");
    }

    /// <summary>Writes a new revision beside an older one.</summary>
    /// <exception cref="RestoreException"><c>ResourceExists</c>, or <c>ReleaseTooLarge</c>.</exception>
    public async Task<StoredRevision> CreateAsync(StoredRevision older, HelmReleaseRecord record, CancellationToken cancellationToken)
    {
        var labels = Labels(older, record, "createdAt");
        var metadata = new JsonObject
        {
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"sh.helm.release.v1.{older.Release}.v{record.Revision}"),
            ["namespace"] = older.Namespace,
            ["labels"] = labels,
        };
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = older.Resource == KubeResource.Secrets ? "Secret" : "ConfigMap",
            ["metadata"] = metadata,
            ["data"] = new JsonObject { ["release"] = Packed(older, record) },
        };
        if (older.Resource == KubeResource.Secrets)
            body["type"] = "helm.sh/release.v1";

        var created = await client.CreateAsync(older.Resource, older.Namespace, body, cancellationToken).ConfigureAwait(false);
        return Wrap(older.Resource, created);
    }

    /// <summary>Rewrites a revision, unless somebody else did so since it was read.</summary>
    /// <exception cref="RestoreException"><c>ResourceConflict</c>.</exception>
    public async Task<StoredRevision> UpdateAsync(StoredRevision stored, HelmReleaseRecord record, CancellationToken cancellationToken)
    {
        var body = (JsonObject)stored.Object.DeepClone();
        body["metadata"]!["labels"] = Labels(stored, record, "modifiedAt");
        body["metadata"]!.AsObject().Remove("managedFields");
        body["data"]!["release"] = Packed(stored, record);
        var updated = await client.ReplaceAsync(stored.Resource, stored.Namespace, stored.ObjectName, body, cancellationToken).ConfigureAwait(false);
        return Wrap(stored.Resource, updated);
    }

    private async Task<IReadOnlyList<StoredRevision>> ReadAsync(KubeResource resource, string? ns, string selector, CancellationToken cancellationToken)
    {
        var objects = await client.ListAsync(resource, ns, selector, cancellationToken).ConfigureAwait(false);
        return [.. objects.Where(IsRevision).Select(found => Wrap(resource, found))];
    }

    /// <summary>The revisions in ConfigMaps; null if these may not be read. They are rare: whoever may not look there keeps his in Secrets.</summary>
    private async Task<IReadOnlyList<StoredRevision>?> TryReadMapsAsync(string? ns, string selector, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(KubeResource.ConfigMaps, ns, selector, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ClusterForbidden")
        {
            return null;
        }
    }

    private static bool IsRevision(JsonObject found) =>
        found["data"]?["release"] is not null
        && found["metadata"]?["labels"]?["name"] is not null
        && int.TryParse((string?)found["metadata"]?["labels"]?["version"], NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static StoredRevision Wrap(KubeResource resource, JsonObject found)
    {
        var metadata = found["metadata"]!;
        var labels = metadata["labels"]!;
        return new StoredRevision
        {
            Resource = resource,
            Namespace = (string?)metadata["namespace"] ?? "default",
            Release = (string)labels["name"]!,
            Revision = int.Parse((string)labels["version"]!, NumberStyles.None, CultureInfo.InvariantCulture),
            Status = (string?)labels["status"] ?? "unknown",
            Object = found,
        };
    }

    private JsonObject Labels(StoredRevision stored, HelmReleaseRecord record, string timeLabel)
    {
        // Newer clients let users put labels of their own on records.
        var labels = new JsonObject();
        foreach (var (key, value) in stored.Object["metadata"]?["labels"]?.AsObject() ?? [])
        {
            if (!SystemLabels.Contains(key))
                labels[key] = value?.DeepClone();
        }

        labels["name"] = stored.Release;
        labels["owner"] = "helm";
        labels["status"] = record.Status;
        labels["version"] = record.Revision.ToString(CultureInfo.InvariantCulture);
        labels[timeLabel] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return labels;
    }

    private string Packed(StoredRevision stored, HelmReleaseRecord record)
    {
        var data = StoredRevision.Pack(stored.Resource, record);
        var bytes = stored.Resource == KubeResource.Secrets ? data.Length / 4 * 3 : data.Length;
        return bytes <= MaxData
            ? data
            : throw new RestoreException(
                "ReleaseTooLarge",
                FaultCategory.LimitsExceeded,
                $"The record of release {stored.Namespace}/{stored.Release} would take {bytes} bytes; a {stored.Resource.Plural[..^1]} holds {MaxData}.",
                $"{client.Server} {stored.Namespace}/{stored.Release}",
                "Shorten the release's values (helm itself cannot upgrade it either).");
    }
}
