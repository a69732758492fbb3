namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>Which changes of endpoints concern a workload. Pure.</summary>
internal static class WorkloadMoves
{
    /// <summary>The changes whose old or new endpoint the workload's storages name.</summary>
    public static IReadOnlyList<EndpointMove> Of(ScalarWorkload workload, IReadOnlyList<EndpointMove> moves)
    {
        var hosts = Hosts(workload);
        return [.. moves.Where(move => hosts.Exists(host => move.Old.Fits(host) || move.New.Fits(host)))];
    }

    /// <summary>
    /// Of a restored database's endpoints, those that have changed and that a workload uses. If none of its endpoints is used, changed or not,
    /// the first that has changed, so that it is told that nobody uses it.
    /// </summary>
    public static IReadOnlyList<EndpointChange> Of(RestoredDatabase database, IReadOnlyList<RunWorkload> workloads)
    {
        var hosts = workloads.SelectMany(workload => Hosts(workload.Before)).ToList();
        bool IsUsed(EndpointChange change) => hosts.Exists(host => EndpointAddress.Parse(change.Old).Fits(host) || EndpointAddress.Parse(change.New).Fits(host));
        var changed = database.Endpoints.Where(change => change.Old != change.New).ToList();
        return database.Endpoints.Any(IsUsed) ? [.. changed.Where(IsUsed)] : [.. changed.Take(1)];
    }

    private static List<HostSpan> Hosts(ScalarWorkload workload) =>
    [
        .. workload.Storages.Where(storage => storage.ContactPoints is not null)
            .SelectMany(storage => ContactPointHosts.Read(ContactPointList.First(storage.ContactPoints!, null).Text)),
    ];
}
