using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>The instances and clusters of one account and region, by their endpoints and names.</summary>
internal sealed class RegionMap
{
    private readonly IReadOnlyList<XElement> _instances;
    private readonly IReadOnlyList<XElement> _clusters;
    private readonly string? _profile;
    private readonly string _account;
    private readonly string _region;
    private readonly bool _isOneOfSeveral;

    private RegionMap(IReadOnlyList<XElement> instances, IReadOnlyList<XElement> clusters, string? profile, string account, string region, bool isOneOfSeveral)
    {
        _instances = instances;
        _clusters = clusters;
        _profile = profile;
        _account = account;
        _region = region;
        _isOneOfSeveral = isOneOfSeveral;
    }

    /// <summary>Reads it.</summary>
    public static async Task<RegionMap> ReadAsync(AwsClients clients, string? profile, bool isOneOfSeveral, CancellationToken cancellationToken)
    {
        var account = await clients.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        var instances = clients.Rds.ListInstancesAsync(cancellationToken);
        var clusters = clients.Rds.ListClustersAsync(cancellationToken);
        return new RegionMap(await instances.ConfigureAwait(false), await clusters.ConfigureAwait(false), profile, account, clients.Region, isOneOfSeveral);
    }

    /// <summary>The database that is wanted. An instance of a cluster stands for its cluster, if it is found by an endpoint.</summary>
    /// <exception cref="RestoreException"><c>DatabaseNotFound</c>, <c>DatabaseIsClusterMember</c>, <c>DatabaseIsBehindProxy</c>.</exception>
    public FoundDatabase Find(WantedDatabase wanted)
    {
        if (wanted.Identifier is { } identifier)
            return ByName(identifier, wanted);

        var host = wanted.Host!;
        foreach (var cluster in _clusters)
        {
            foreach (var endpoint in RdsEndpoints.Of(cluster, isCluster: true).Where(endpoint => Is(endpoint, wanted)))
                return Found(cluster, isCluster: true, wanted, endpoint);

            if (Reading.Items(cluster, "CustomEndpoints").FirstOrDefault(custom => Same(custom, wanted)) is { } address)
                return Found(cluster, isCluster: true, wanted, new RdsEndpoint(RdsEndpoint.Custom(address.Split('.')[0]), $"{address}:{Reading.Text(cluster, "Port")}"));
        }

        foreach (var instance in _instances)
        {
            foreach (var endpoint in RdsEndpoints.Of(instance, isCluster: false).Where(endpoint => Is(endpoint, wanted)))
            {
                if (Reading.Text(instance, "DBClusterIdentifier") is not { } owner)
                    return Found(instance, isCluster: false, wanted, endpoint);

                var cluster = _clusters.Single(cluster => Reading.Text(cluster, "DBClusterIdentifier") == owner);
                return Found(cluster, isCluster: true, wanted, endpoint with { Role = RoleOf(instance, cluster, wanted) });
            }
        }

        if (RdsHost.IsProxy(wanted.Canonical))
        {
            throw new RestoreException(
                "DatabaseIsBehindProxy",
                FaultCategory.InvalidArgument,
                $"{host}, which workload {wanted.Workload} uses, is an RDS Proxy, whose targets this module does not change.",
                host.ToString(),
                "Restore what is behind it with -DatabaseIdentifier, register the restored database as the proxy's target, and start the workload.");
        }

        throw new RestoreException(
            "DatabaseNotFound",
            FaultCategory.ObjectNotFound,
            $"No RDS instance or cluster in {_account}/{_region} has the endpoint {host}, which workload {wanted.Workload} uses{(wanted.Canonical == host.Written ? "" : $" (an alias of {wanted.Canonical})")}.",
            host.ToString(),
            "Check the credentials' account and the region (-ProfileName, -Region), or name the database with -DatabaseIdentifier, by identifier or ARN.");
    }

    /// <summary>
    /// The role of an instance's endpoint. A cluster's endpoints are themselves aliases of the instance that they lead to now, so that an alias
    /// that ends there is taken for one of the cluster's.
    /// </summary>
    private static string RoleOf(XElement instance, XElement cluster, WantedDatabase wanted)
    {
        var name = Reading.Text(instance, "DBInstanceIdentifier")!;
        if (wanted.Canonical == wanted.Host!.Written)
            return RdsEndpoint.Member(name);

        var isWriter = (cluster.Element("DBClusterMembers")?.Elements() ?? [])
            .Any(member => Reading.Text(member, "DBInstanceIdentifier") == name && Reading.Flag(member, "IsClusterWriter") == "true");
        return isWriter ? RdsEndpoint.Writer : RdsEndpoint.Reader;
    }

    private FoundDatabase ByName(string name, WantedDatabase wanted)
    {
        if (_clusters.FirstOrDefault(cluster => Named(cluster, name, "DBClusterIdentifier", "DBClusterArn")) is { } found)
            return Found(found, isCluster: true, wanted, endpoint: null);

        if (_instances.FirstOrDefault(instance => Named(instance, name, "DBInstanceIdentifier", "DBInstanceArn")) is { } instance)
        {
            return Reading.Text(instance, "DBClusterIdentifier") is { } owner
                ? throw new RestoreException(
                    "DatabaseIsClusterMember",
                    FaultCategory.InvalidArgument,
                    $"DB instance {name} in {_account}/{_region} belongs to DB cluster {owner}, and only the whole cluster can be restored.",
                    name,
                    $"Name the cluster: -DatabaseIdentifier {owner}.")
                : Found(instance, isCluster: false, wanted, endpoint: null);
        }

        throw new RestoreException(
            "DatabaseNotFound",
            FaultCategory.ObjectNotFound,
            $"There is no RDS instance or cluster {name} in {_account}/{_region}.",
            name,
            "Check the name, the credentials' account and the region (-ProfileName, -Region).");
    }

    private FoundDatabase Found(XElement resource, bool isCluster, WantedDatabase wanted, RdsEndpoint? endpoint)
    {
        var identifier = Reading.Text(resource, isCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier")!;
        var isAlias = wanted.Host is { } host && wanted.Canonical != host.Written;
        return new FoundDatabase
        {
            Identity = new RdsIdentity
            {
                Profile = _profile,
                Account = _account,
                Region = _region,
                Identifier = identifier,
                ResourceId = Reading.Text(resource, isCluster ? "DbClusterResourceId" : "DbiResourceId")!,
                Arn = Reading.Text(resource, isCluster ? "DBClusterArn" : "DBInstanceArn")!,
                IsCluster = isCluster,
                Engine = Reading.Text(resource, "Engine")!,
                Key = _isOneOfSeveral ? $"{_region}/{identifier}" : identifier,
            },
            Resource = resource,
            Members = isCluster ? [.. _instances.Where(instance => Reading.Text(instance, "DBClusterIdentifier") == identifier)] : [],
            Workloads = wanted.Workload is { } who ? [who] : [],
            Aliases = isAlias && endpoint is not null ? [endpoint with { Address = wanted.Host!.ToString() }] : [],
        };
    }

    private static bool Named(XElement resource, string name, string identifier, string arn) =>
        string.Equals(Reading.Text(resource, identifier), name, StringComparison.OrdinalIgnoreCase) || string.Equals(Reading.Text(resource, arn), name, StringComparison.OrdinalIgnoreCase);

    private static bool Is(RdsEndpoint endpoint, WantedDatabase wanted)
    {
        var colon = endpoint.Address.LastIndexOf(':');
        return Same(endpoint.Address[..colon], wanted) && (wanted.Host!.Port is not { } port || Reading.Number(endpoint.Address[(colon + 1)..]) == port);
    }

    private static bool Same(string address, WantedDatabase wanted) => string.Equals(address, wanted.Canonical, StringComparison.OrdinalIgnoreCase);
}
