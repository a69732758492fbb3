using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Finds the instances and clusters behind workloads' JDBC URLs, or those that are named. Reads only.</summary>
/// <param name="factory">Makes clients.</param>
/// <param name="resolve">Tells what a host's name is an alias of; itself if it is none.</param>
internal sealed class RdsDiscovery(AwsClientFactory factory, Func<string, CancellationToken, Task<string>> resolve)
{
    /// <summary>Finds them; nothing if the query is about other databases.</summary>
    /// <exception cref="RestoreException">Something that is asked for is not there.</exception>
    public async Task<IReadOnlyList<FoundDatabase>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        var wanted = query.Selection.Identifiers is { } identifiers ? Named(identifiers, query.Selection) : await OfWorkloadsAsync(query, cancellationToken).ConfigureAwait(false);
        var found = new List<FoundDatabase>();
        var regions = wanted.GroupBy(one => one.Region, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var region in regions)
        {
            var clients = factory.For(query.Selection.ProfileName, region.Key, ServiceMode.ReadOnly);
            var map = await RegionMap.ReadAsync(clients, query.Selection.ProfileName, regions.Count > 1, cancellationToken).ConfigureAwait(false);
            found.AddRange(region.Select(map.Find).GroupBy(one => one.Identity.ResourceId, StringComparer.Ordinal).Select(Merge));
        }

        return found;
    }

    private static FoundDatabase Merge(IEnumerable<FoundDatabase> same)
    {
        var all = same.ToList();
        return all[0] with
        {
            Workloads = [.. all.SelectMany(one => one.Workloads).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Aliases = [.. all.SelectMany(one => one.Aliases).Distinct()],
        };
    }

    /// <summary>Whether a name may be one of RDS. Ids of Azure begin with a slash.</summary>
    public static bool IsIdentifier(string identifier) => !identifier.StartsWith('/');

    private static List<WantedDatabase> Named(IReadOnlyList<string> identifiers, DatabaseSelection selection) =>
    [
        .. identifiers.Where(IsIdentifier).Select(identifier =>
        {
            var parts = identifier.Split(':');
            var isArn = parts is ["arn", _, "rds", _, _, "db" or "cluster", _];
            return new WantedDatabase(isArn ? parts[3] : selection.Region ?? AwsClientFactory.DefaultRegion(selection.ProfileName), Host: null, Canonical: null, identifier, Workload: null);
        }),
    ];

    private async Task<List<WantedDatabase>> OfWorkloadsAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        var wanted = new List<WantedDatabase>();
        foreach (var (workload, storage) in query.Workloads.SelectMany(workload => workload.Storages.Where(RdsHost.MayBeRds).Select(storage => (workload, storage))))
        {
            var who = $"{workload.Namespace}/{workload.Name}";
            var hosts = RdsHost.Of(storage);
            if (hosts.Count == 0)
            {
                throw new RestoreException(
                    "DatabaseNotFound",
                    FaultCategory.ObjectNotFound,
                    $"The JDBC URL of workload {who} ({storage.ContactPoints ?? "not set"}) names no host, so that its database cannot be found.",
                    who,
                    "Name the RDS instance or the cluster with -DatabaseIdentifier, by identifier or ARN.");
            }

            foreach (var host in hosts)
            {
                var canonical = await resolve(host.Written, cancellationToken).ConfigureAwait(false);
                var region = RdsHost.RegionOf(canonical) ?? query.Selection.Region ?? AwsClientFactory.DefaultRegion(query.Selection.ProfileName);
                wanted.Add(new WantedDatabase(region, host, canonical, Identifier: null, who));
            }
        }

        return wanted;
    }
}
