using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Journal;

/// <summary>Opens the journals that a location names.</summary>
internal sealed class JournalStores(Func<KubernetesConnection, IKubernetesClient> clusters, TimeProvider clock)
{
    /// <summary>Opens the journal of a run for writing.</summary>
    public async Task<IJournalStore> OpenForWritingAsync(
        JournalLocation location, string runId, KubernetesConnection connection, CancellationToken cancellationToken) =>
        location.Namespace is { } ns
            ? await ConfigMapJournalStore.OpenForWritingAsync(clusters(connection), ns, runId, clock, cancellationToken).ConfigureAwait(false)
            : FileJournalStore.OpenForWriting(location.File ?? FileJournalStore.PathOf(location.Folder!, runId));

    /// <summary>The states of all runs of a location whose id fits, newest first, with where each of them is kept.</summary>
    /// <param name="location">The location.</param>
    /// <param name="fits">Whether a run of this id is wanted.</param>
    /// <param name="connection">The cluster, for ConfigMaps.</param>
    /// <param name="unreadable">Gets the fault of each journal that cannot be read; the others are returned all the same.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<(string Location, RunState State)>> ReadAsync(
        JournalLocation location,
        Func<string, bool> fits,
        KubernetesConnection connection,
        Action<RestoreException> unreadable,
        CancellationToken cancellationToken)
    {
        var stores = new List<IJournalStore>();
        if (location.Namespace is { } ns)
        {
            var client = clusters(connection);
            stores.AddRange((await ConfigMapJournalStore.RunIdsAsync(client, ns, cancellationToken).ConfigureAwait(false))
                .Where(fits)
                .Select(id => ConfigMapJournalStore.OpenForReading(client, ns, id)));
        }
        else
        {
            stores.AddRange(location.Files()
                .Where(path => location.File is not null || fits(Path.GetFileNameWithoutExtension(path)))
                .Select(FileJournalStore.OpenForReading));
        }

        var runs = new List<(string, RunState)>();
        foreach (var store in stores)
        {
            await using (store.ConfigureAwait(false))
            {
                try
                {
                    var state = RunJournal.ReadState(await store.ReadAsync(cancellationToken).ConfigureAwait(false), store.Location);
                    if (state.Opening is { } opening && fits(opening.RunId))
                    {
                        runs.Add((store.Location, state));
                    }
                }
                catch (RestoreException e) when (string.Equals(e.Id, "JournalTampered", StringComparison.Ordinal))
                {
                    unreadable(e);
                }
            }
        }

        return runs;
    }
}
