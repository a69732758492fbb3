using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>The DBCluster of answers, and the forms of endpoints.</summary>
internal static class ClusterXml
{
    public static XElement Describe(RdsRegion region, DbCluster cluster, DateTimeOffset now)
    {
        var window = region.Window(cluster, now);
        var writer = region.AddressOf(cluster, "");
        var custom = region.Endpoints.Values.Where(e => e.Cluster == cluster)
            .Select(e => region.AddressOf(cluster, "custom", e.Id).Host).ToArray();
        return RdsXml.Element(
            "DBCluster",
            RdsXml.Number("AllocatedStorage", cluster.IsAurora ? 1 : cluster.AllocatedStorage),
            RdsXml.List("AvailabilityZones", "AvailabilityZone", cluster.Zones),
            RdsXml.Number("BackupRetentionPeriod", cluster.BackupRetentionPeriod),
            RdsXml.Text("CharacterSetName", cluster.CharacterSet),
            RdsXml.Text("DatabaseName", cluster.DatabaseName),
            RdsXml.Text("DBClusterIdentifier", cluster.Id),
            RdsXml.Text("DBClusterParameterGroup", cluster.ParameterGroup),

            // A structure in the answers of instances, a name here.
            RdsXml.Text("DBSubnetGroup", cluster.SubnetGroup.Name),
            RdsXml.Text("Status", cluster.Status),
            RdsXml.Time("EarliestRestorableTime", window?.Earliest),
            RdsXml.Text("Endpoint", writer.Host),
            RdsXml.Text("ReaderEndpoint", region.AddressOf(cluster, "ro").Host),
            custom.Length > 0 ? RdsXml.List("CustomEndpoints", "member", custom) : null,
            RdsXml.Flag("MultiAZ", cluster.Members.Select(m => m.Zone).Distinct(StringComparer.Ordinal).Count() > 1),
            RdsXml.Text("Engine", cluster.Engine.Name),
            RdsXml.Text("EngineVersion", cluster.EngineVersion),
            RdsXml.Time("LatestRestorableTime", window?.Latest),
            RdsXml.Number("Port", writer.Port),
            RdsXml.Text("MasterUsername", cluster.MasterUsername),
            RdsXml.Text("PreferredBackupWindow", cluster.BackupWindow),
            RdsXml.Text("PreferredMaintenanceWindow", cluster.MaintenanceWindow),
            RdsXml.List("ReadReplicaIdentifiers", []),
            RdsXml.List("DBClusterMembers", cluster.Members.Select((m, i) => RdsXml.Element(
                "DBClusterMember",
                RdsXml.Text("DBInstanceIdentifier", m.Id),
                RdsXml.Flag("IsClusterWriter", i == 0),
                RdsXml.Text("DBClusterParameterGroupStatus", m.ClusterParameterStatus),
                RdsXml.Number("PromotionTier", m.PromotionTier)))),
            CommonXml.SecurityGroups(cluster),
            RdsXml.Text("HostedZoneId", "Z24O6O9L7SGTNB"),
            RdsXml.Flag("StorageEncrypted", cluster.KeyId is not null),
            RdsXml.Text("KmsKeyId", cluster.KeyId),
            RdsXml.Text("DbClusterResourceId", cluster.ResourceId),
            RdsXml.Text("DBClusterArn", cluster.Arn),
            RdsXml.List("AssociatedRoles", cluster.Roles.Select(r => CommonXml.Role("DBClusterRole", r))),
            RdsXml.Flag("IAMDatabaseAuthenticationEnabled", cluster.IamAuthentication),
            cluster.IsAurora ? RdsXml.Text("CloneGroupId", cluster.CloneGroupId) : null,
            RdsXml.Time("ClusterCreateTime", cluster.CreatedAt),
            cluster.BacktrackWindow > 0 ? RdsXml.Number("BacktrackWindow", cluster.BacktrackWindow) : null,
            CommonXml.Logs(cluster),
            RdsXml.Text("EngineMode", cluster.EngineMode),
            RdsXml.Flag("DeletionProtection", cluster.DeletionProtection),
            RdsXml.Flag("HttpEndpointEnabled", cluster.HttpEndpoint),
            RdsXml.Text("ActivityStreamStatus", "stopped"),
            RdsXml.Flag("CopyTagsToSnapshot", cluster.CopyTagsToSnapshot),
            RdsXml.Flag("CrossAccountClone", false),
            CommonXml.Domain(cluster),
            RdsXml.Tags("TagList", cluster.Tags),
            Pending(cluster),
            RdsXml.Text("DBClusterInstanceClass", cluster.InstanceClass),

            // Aurora's usual storage goes without saying.
            cluster.StorageType == "aurora" ? null : RdsXml.Text("StorageType", cluster.StorageType),
            RdsXml.Number("Iops", cluster.Iops),
            RdsXml.Flag("PubliclyAccessible", cluster.IsAurora ? null : cluster.PubliclyAccessible),
            RdsXml.Flag("AutoMinorVersionUpgrade", cluster.AutoMinorVersionUpgrade),
            CommonXml.Monitoring(cluster),
            cluster.Serverless is { } scaling
                ? RdsXml.Element(
                    "ServerlessV2ScalingConfiguration",
                    RdsXml.Number("MinCapacity", scaling.Min),
                    RdsXml.Number("MaxCapacity", scaling.Max),
                    RdsXml.Number("SecondsUntilAutoPause", scaling.SecondsUntilAutoPause))
                : null,
            RdsXml.Text("NetworkType", cluster.NetworkType),
            CommonXml.Secret(cluster),
            RdsXml.Text("EngineLifecycleSupport", cluster.LifecycleSupport));
    }

    /// <summary>The members of a custom endpoint's answer, which stand in no element of their own.</summary>
    public static IEnumerable<XElement?> Endpoint(RdsRegion region, CustomEndpoint endpoint) =>
    [
        RdsXml.Text("DBClusterEndpointIdentifier", endpoint.Id),
        RdsXml.Text("DBClusterIdentifier", endpoint.Cluster.Id),
        RdsXml.Text("DBClusterEndpointResourceIdentifier", endpoint.ResourceId),
        RdsXml.Text("Endpoint", region.AddressOf(endpoint.Cluster, "custom", endpoint.Id).Host),
        RdsXml.Text("Status", endpoint.Status),
        RdsXml.Text("EndpointType", "CUSTOM"),
        RdsXml.Text("CustomEndpointType", endpoint.Type),
        RdsXml.List("StaticMembers", "member", endpoint.StaticMembers),
        RdsXml.List("ExcludedMembers", "member", endpoint.ExcludedMembers),
        RdsXml.Text("DBClusterEndpointArn", endpoint.Arn),
    ];

    /// <summary>An endpoint that every cluster has.</summary>
    public static IEnumerable<XElement?> Endpoint(RdsRegion region, DbCluster cluster, string type) =>
    [
        RdsXml.Text("DBClusterIdentifier", cluster.Id),
        RdsXml.Text("Endpoint", region.AddressOf(cluster, type == "WRITER" ? "" : "ro").Host),
        RdsXml.Text("Status", cluster.Members.Count > 0 ? "available" : "inactive"),
        RdsXml.Text("EndpointType", type),
    ];

    private static XElement? Pending(DbCluster cluster)
    {
        var pending = cluster.Pending.Where(p => p.Value is not null).Select(p => RdsXml.Text(p.Name, p.Value)).ToArray();
        return pending.Length > 0 ? RdsXml.Element("PendingModifiedValues", pending) : null;
    }
}
