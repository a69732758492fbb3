using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Finds releases that a run leaves running although they write into the tables that it restores: the run's fence knows of its own workloads
/// only. Reads only. For one use.
/// </summary>
internal sealed class OtherWorkloads(IKubernetesClient client, TimeProvider clock)
{
    private readonly HelmReleaseStore _store = new(client, clock);
    private readonly WorkloadReader _reader = new(client, blockers: null);
    private readonly PodReader _pods = new(client);
    private readonly List<string> _notes = [];

    /// <summary>What could not be looked at, and why; each may hide a writer.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The cluster's releases of Scalar products that are not in the run, have pods, and share tables with a workload of the run.</summary>
    /// <param name="run">All workloads of the run, those in other clusters too: clusters may share a database.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ScalarWorkload>> FindWritersAsync(IReadOnlyList<RunWorkload> run, CancellationToken cancellationToken)
    {
        if (!run.Any(workload => StorageOverlap.IsPossible(workload.Before)))
            return [];

        var own = run.Where(workload => ClusterIdentity.Holds(client, workload.Before)).Select(workload => workload.Before).ToList();
        var writers = new List<ScalarWorkload>();
        foreach (var stored in await ReleasesAsync(own, cancellationToken).ConfigureAwait(false))
        {
            if (own.Exists(workload => workload.Namespace == stored.Namespace && workload.Name == stored.Release))
                continue;

            if (await TryReadAsync(stored, run, cancellationToken).ConfigureAwait(false) is { } writer)
                writers.Add(writer);
        }

        return writers;
    }

    private async Task<IReadOnlyList<StoredRevision>> ReleasesAsync(List<ScalarWorkload> own, CancellationToken cancellationToken)
    {
        try
        {
            return Newest(await _store.ListAsync(null, cancellationToken).ConfigureAwait(false), "all namespaces");
        }
        catch (RestoreException e) when (e.Id == "ClusterForbidden")
        {
            var namespaces = own.Select(workload => workload.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var looked = namespaces.Count == 0 ? "no namespace" : $"the run's own namespaces ({string.Join(", ", namespaces)})";
            _notes.Add($"Only {looked} of {client.Server} could be looked at for other writers: {e.Message}");
            var found = new List<StoredRevision>();
            foreach (var ns in namespaces)
                found.AddRange(await NamespaceAsync(ns, cancellationToken).ConfigureAwait(false));

            return found;
        }
    }

    private async Task<IReadOnlyList<StoredRevision>> NamespaceAsync(string ns, CancellationToken cancellationToken)
    {
        try
        {
            return Newest(await _store.ListAsync(ns, cancellationToken).ConfigureAwait(false), $"namespace '{ns}'");
        }
        catch (RestoreException e) when (e.Id == "ClusterForbidden")
        {
            _notes.Add(e.Message);
            return [];
        }
    }

    private IReadOnlyList<StoredRevision> Newest(StoredReleases releases, string place)
    {
        if (releases.WithoutConfigMaps)
            _notes.Add($"In {place} of {client.Server}, {StoredReleases.ConfigMapsForbidden}.");

        return releases.Newest();
    }

    /// <summary>The release if it is a writer. One that cannot be read is noted and hides no other.</summary>
    private async Task<ScalarWorkload?> TryReadAsync(StoredRevision stored, IReadOnlyList<RunWorkload> run, CancellationToken cancellationToken)
    {
        try
        {
            var record = stored.Read();
            if (ChartProfiles.Find(record.Chart) is not { } profile)
                return null;

            var workload = await _reader.ReadAsync(stored, record, profile, cancellationToken).ConfigureAwait(false);
            return run.Any(mine => StorageOverlap.Between(mine.Before, workload)) && await RunsAsync(workload, cancellationToken).ConfigureAwait(false)
                ? workload
                : null;
        }
        catch (RestoreException e)
        {
            _notes.Add($"Whether release {stored.Namespace}/{stored.Release} writes into the run's tables is not known: {e.Message}");
            return null;
        }
    }

    private async Task<bool> RunsAsync(ScalarWorkload workload, CancellationToken cancellationToken) =>
        workload.Replicas > 0
        || (workload.Pods > 0
            && (await _pods.PodsAsync(workload.Namespace, workload.Name, workload.Product, cancellationToken).ConfigureAwait(false)).Count > 0);
}
