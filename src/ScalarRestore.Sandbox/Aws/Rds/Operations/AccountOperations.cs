using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>DescribeAccountAttributes: quotas and how much of them is used.</summary>
internal static class AccountOperations
{
    public static IEnumerable<XElement?> Describe(RdsCall call)
    {
        var region = call.Region;
        var limits = region.Limits;
        return
        [
            RdsXml.List("AccountQuotas", [
                Quota("DBInstances", region.Instances.Count, limits.Instances),
                Quota("AllocatedStorage", region.StorageInUse(), limits.AllocatedStorage),
                Quota("DBClusters", region.Clusters.Count, limits.Clusters),
                Quota("DBSubnetGroups", region.SubnetGroups.Count, limits.SubnetGroups),
                Quota("SubnetsPerDBSubnetGroup", region.SubnetGroups.Values.Max(g => g.Subnets.Count), limits.SubnetsPerSubnetGroup),
                Quota("DBParameterGroups", Own(region.ParameterGroups.Keys), limits.ParameterGroups),
                Quota("DBClusterParameterGroups", Own(region.ClusterParameterGroups.Keys), limits.ClusterParameterGroups),
                Quota("OptionGroups", Own(region.OptionGroups.Keys), limits.OptionGroups),
                Quota("DBInstanceRoles", Most(region.Instances.Values.Select(i => i.Roles.Count)), limits.InstanceRoles),
                Quota("DBClusterRoles", Most(region.Clusters.Values.Select(c => c.Roles.Count)), limits.ClusterRoles),
                Quota(
                    "CustomEndpointsPerDBCluster", Most(region.Endpoints.Values.CountBy(e => e.Cluster.Id).Select(c => c.Value)),
                    limits.EndpointsPerCluster),
            ]),
        ];
    }

    private static int Own(IEnumerable<string> names) => names.Count(n => !n.StartsWith("default", StringComparison.Ordinal));

    private static int Most(IEnumerable<int> counts) => counts.DefaultIfEmpty().Max();

    private static XElement Quota(string name, int used, int max) => RdsXml.Element(
        "AccountQuota", RdsXml.Text("AccountQuotaName", name), RdsXml.Number("Used", used), RdsXml.Number("Max", max));
}
