using System.Globalization;
using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws.Untyped;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// Amazon RDS and Amazon Aurora, API version 2014-10-31. What it describes stays XML (element names without a namespace), so that attributes
/// of later versions are not lost.
/// </summary>
internal sealed class RdsService(QueryServiceClient client, AwsCalls calls)
{
    private const string Name = "rds";

    /// <summary>The DB instance of an identifier or ARN; null if there is none.</summary>
    public async Task<XElement?> FindInstanceAsync(string identifier, CancellationToken cancellationToken) =>
        await FoundAsync(
            () => PagesAsync("DescribeDBInstances", "DBInstances", identifier, new QueryParameters { ["DBInstanceIdentifier"] = identifier }, cancellationToken),
            "DBInstanceNotFound").ConfigureAwait(false);

    /// <summary>All DB instances of the account and region, members of clusters too.</summary>
    public Task<IReadOnlyList<XElement>> ListInstancesAsync(CancellationToken cancellationToken) =>
        PagesAsync("DescribeDBInstances", "DBInstances", "all DB instances", [], cancellationToken);

    /// <summary>The instances that belong to a cluster.</summary>
    public Task<IReadOnlyList<XElement>> ListMembersAsync(string cluster, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters { ["Filters.Filter.1.Name"] = "db-cluster-id", ["Filters.Filter.1.Values.Value.1"] = cluster };
        return PagesAsync("DescribeDBInstances", "DBInstances", cluster, parameters, cancellationToken);
    }

    /// <summary>The DB cluster of an identifier or ARN; null if there is none.</summary>
    public async Task<XElement?> FindClusterAsync(string identifier, CancellationToken cancellationToken) =>
        await FoundAsync(
            () => PagesAsync("DescribeDBClusters", "DBClusters", identifier, new QueryParameters { ["DBClusterIdentifier"] = identifier }, cancellationToken),
            "DBClusterNotFoundFault",
            "DBClusterNotFound").ConfigureAwait(false);

    /// <summary>All DB clusters of the account and region.</summary>
    public Task<IReadOnlyList<XElement>> ListClustersAsync(CancellationToken cancellationToken) =>
        PagesAsync("DescribeDBClusters", "DBClusters", "all DB clusters", [], cancellationToken);

    /// <summary>The automated backups of an instance, by its resource id.</summary>
    public async Task<IReadOnlyList<XElement>> ListAutomatedBackupsAsync(string resourceId, CancellationToken cancellationToken)
    {
        try
        {
            return await PagesAsync(
                "DescribeDBInstanceAutomatedBackups", "DBInstanceAutomatedBackups", resourceId, new QueryParameters { ["DbiResourceId"] = resourceId }, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (fault.ServiceCode is "DBInstanceAutomatedBackupNotFound" or "DBInstanceAutomatedBackupNotFoundFault")
        {
            return [];
        }
    }

    /// <summary>The endpoints of a cluster: writer, reader and custom ones.</summary>
    public Task<IReadOnlyList<XElement>> ListClusterEndpointsAsync(string cluster, CancellationToken cancellationToken) =>
        PagesAsync("DescribeDBClusterEndpoints", "DBClusterEndpoints", cluster, new QueryParameters { ["DBClusterIdentifier"] = cluster }, cancellationToken);

    /// <summary>What happened to a resource, oldest first.</summary>
    /// <param name="identifier">The instance's or cluster's identifier.</param>
    /// <param name="isCluster">Whether it is a cluster.</param>
    /// <param name="since">From when on, UTC.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<IReadOnlyList<XElement>> ListEventsAsync(string identifier, bool isCluster, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters
        {
            ["SourceIdentifier"] = identifier,
            ["SourceType"] = isCluster ? "db-cluster" : "db-instance",
            ["StartTime"] = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        return PagesAsync("DescribeEvents", "Events", identifier, parameters, cancellationToken);
    }

    /// <summary>Begins a restore of an instance. A lost answer is the caller's to look into.</summary>
    public Task<XElement> RestoreInstanceAsync(QueryParameters parameters, CancellationToken cancellationToken) =>
        OnceAsync("RestoreDBInstanceToPointInTime", parameters["TargetDBInstanceIdentifier"], parameters, cancellationToken);

    /// <summary>Begins a restore of a cluster. A lost answer is the caller's to look into.</summary>
    public Task<XElement> RestoreClusterAsync(QueryParameters parameters, CancellationToken cancellationToken) =>
        OnceAsync("RestoreDBClusterToPointInTime", parameters["DBClusterIdentifier"], parameters, cancellationToken);

    /// <summary>Begins to make an instance. A lost answer is the caller's to look into.</summary>
    public Task<XElement> CreateInstanceAsync(QueryParameters parameters, CancellationToken cancellationToken) =>
        OnceAsync("CreateDBInstance", parameters["DBInstanceIdentifier"], parameters, cancellationToken);

    /// <summary>Makes a custom endpoint of a cluster. A lost answer is the caller's to look into.</summary>
    public Task<XElement> CreateClusterEndpointAsync(QueryParameters parameters, CancellationToken cancellationToken) =>
        OnceAsync("CreateDBClusterEndpoint", parameters["DBClusterEndpointIdentifier"], parameters, cancellationToken);

    /// <summary>Changes an instance. A lost answer is the caller's to look into: a change is refused while another is under way.</summary>
    public Task<XElement> ModifyInstanceAsync(QueryParameters parameters, CancellationToken cancellationToken) =>
        OnceAsync("ModifyDBInstance", parameters["DBInstanceIdentifier"], parameters, cancellationToken);

    /// <summary>Changes a cluster. A lost answer is the caller's to look into: a change is refused while another is under way.</summary>
    public Task<XElement> ModifyClusterAsync(QueryParameters parameters, CancellationToken cancellationToken) =>
        OnceAsync("ModifyDBCluster", parameters["DBClusterIdentifier"], parameters, cancellationToken);

    /// <summary>Switches the Data API of a cluster on. (ModifyDBCluster's parameter is for Aurora Serverless v1.)</summary>
    public Task<XElement> EnableHttpEndpointAsync(string arn, CancellationToken cancellationToken) =>
        OnceAsync("EnableHttpEndpoint", arn, new QueryParameters { ["ResourceArn"] = arn }, cancellationToken);

    /// <summary>Lets an instance or cluster use an IAM role.</summary>
    public Task<XElement> AddRoleAsync(string identifier, bool isCluster, string role, string? feature, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters { [isCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier"] = identifier, ["RoleArn"] = role };
        if (!string.IsNullOrEmpty(feature))
            parameters["FeatureName"] = feature;

        return OnceAsync(isCluster ? "AddRoleToDBCluster" : "AddRoleToDBInstance", identifier, parameters, cancellationToken);
    }

    private Task<XElement> OnceAsync(string operation, string target, QueryParameters parameters, CancellationToken cancellationToken) =>
        calls.SendAsync(new AwsCall(Name, operation, target) { Once = true }, token => client.CallAsync(operation, parameters, token), cancellationToken);

    private static async Task<XElement?> FoundAsync(Func<Task<IReadOnlyList<XElement>>> find, params string[] missing)
    {
        try
        {
            return (await find().ConfigureAwait(false)).FirstOrDefault();
        }
        catch (RestoreException fault) when (missing.Contains(fault.ServiceCode, StringComparer.Ordinal))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<XElement>> PagesAsync(
        string operation, string list, string target, QueryParameters parameters, CancellationToken cancellationToken)
    {
        var found = new List<XElement>();
        while (true)
        {
            var answer = await calls.SendAsync(new AwsCall(Name, operation, target), token => client.CallAsync(operation, parameters, token), cancellationToken).ConfigureAwait(false);
            found.AddRange(answer.Element(list)?.Elements() ?? []);
            if (answer.Element("Marker")?.Value is not { Length: > 0 } marker)
                return found;

            parameters["Marker"] = marker;
        }
    }
}
