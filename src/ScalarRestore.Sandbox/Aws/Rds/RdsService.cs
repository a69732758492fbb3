using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Operations;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>Amazon RDS and Aurora, API version 2014-10-31.</summary>
internal sealed class RdsService(SandboxState sandbox, IDatabaseBackend? backend) : IAwsService
{
    private static readonly Dictionary<string, Func<RdsCall, IEnumerable<XElement?>?>> Operations = new(StringComparer.Ordinal)
    {
        ["AddRoleToDBCluster"] = RoleOperations.AddToCluster,
        ["AddRoleToDBInstance"] = RoleOperations.AddToInstance,
        ["AddTagsToResource"] = TagOperations.Add,
        ["CreateDBCluster"] = ClusterOperations.Create,
        ["CreateDBClusterEndpoint"] = EndpointOperations.Create,
        ["CreateDBClusterParameterGroup"] = GroupOperations.CreateClusterParameters,
        ["CreateDBInstance"] = InstanceOperations.Create,
        ["CreateDBParameterGroup"] = GroupOperations.CreateParameters,
        ["CreateDBSubnetGroup"] = GroupOperations.CreateSubnets,
        ["CreateOptionGroup"] = GroupOperations.CreateOptions,
        ["DeleteDBCluster"] = ClusterOperations.Delete,
        ["DeleteDBClusterEndpoint"] = EndpointOperations.Delete,
        ["DeleteDBInstance"] = InstanceOperations.Delete,
        ["DescribeAccountAttributes"] = AccountOperations.Describe,
        ["DescribeDBClusterEndpoints"] = EndpointOperations.Describe,
        ["DescribeDBClusterParameterGroups"] = GroupOperations.DescribeClusterParameters,
        ["DescribeDBClusters"] = ClusterOperations.Describe,
        ["DescribeDBInstanceAutomatedBackups"] = InstanceOperations.DescribeBackups,
        ["DescribeDBInstances"] = InstanceOperations.Describe,
        ["DescribeDBParameterGroups"] = GroupOperations.DescribeParameters,
        ["DescribeDBSubnetGroups"] = GroupOperations.DescribeSubnets,
        ["DescribeEvents"] = EventOperations.Describe,
        ["DescribeOptionGroups"] = GroupOperations.DescribeOptions,
        ["DisableHttpEndpoint"] = HttpEndpointOperations.Disable,
        ["EnableHttpEndpoint"] = HttpEndpointOperations.Enable,
        ["ListTagsForResource"] = TagOperations.List,
        ["ModifyDBCluster"] = ModifyCluster.Run,
        ["ModifyDBClusterEndpoint"] = EndpointOperations.Modify,
        ["ModifyDBInstance"] = ModifyInstance.Run,
        ["RebootDBInstance"] = InstanceOperations.Reboot,
        ["RemoveRoleFromDBCluster"] = RoleOperations.RemoveFromCluster,
        ["RemoveRoleFromDBInstance"] = RoleOperations.RemoveFromInstance,
        ["RemoveTagsFromResource"] = TagOperations.Remove,
        ["RestoreDBClusterToPointInTime"] = ClusterRestore.Run,
        ["RestoreDBInstanceToPointInTime"] = InstanceRestore.Run,
    };

    // What a call is about, the most telling first: of a restore the target, of a member's creation the member.
    private static readonly string[] ResourceParameters =
    [
        "TargetDBInstanceIdentifier", "DBInstanceIdentifier", "DBClusterEndpointIdentifier", "DBClusterIdentifier", "DBSubnetGroupName",
        "DBParameterGroupName", "DBClusterParameterGroupName", "OptionGroupName", "ResourceName", "ResourceArn", "SourceIdentifier", "DbiResourceId",
    ];

    private readonly ConcurrentDictionary<(string Account, string Region), RdsRegion> _regions = new();

    public string Name => "rds";

    public string? TargetPrefix => null;

    public AwsProtocol Protocol => AwsProtocol.Query;

    public string ThrottleCode => "Throttling";

    public string? XmlNamespace => RdsXml.Namespace;

    /// <summary>Every account and region that was spoken to.</summary>
    public IEnumerable<RdsRegion> Regions => _regions.OrderBy(r => r.Key).Select(r => r.Value);

    public bool IsAnonymous(string operation) => false;

    public RdsRegion Region(string account, string region) => _regions.GetOrAdd(
        (account, region),
        key => new RdsRegion(key.Account, key.Region, sandbox.Clock, sandbox.Settings, sandbox.Options.Seed, backend));

    public CallDescription Describe(AwsRequest request)
    {
        var operation = request.Operation;
        var isRead = operation.StartsWith("Describe", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal);
        var resource = Array.Find(ResourceParameters, request.Form.ContainsKey) is { } parameter
            ? RdsNames.Plain(request.Form[parameter])
            : null;
        return new CallDescription(Name, operation, resource, !isRead);
    }

    public void Handle(AwsRequest request, AwsCaller caller, IBufferWriter<byte> body)
    {
        if (!Operations.TryGetValue(request.Operation, out var operation))
            throw new AwsException("InvalidAction", $"Could not find operation {request.Operation} for version 2014-10-31");

        var region = Region(caller.Account, caller.Region);
        XElement answer;
        lock (region.Lock)
        {
            var now = region.Advance();
            region.Throttle(request.Operation, now);
            var result = operation(new RdsCall(region, new RdsForm(request.Form), now));
            answer = RdsXml.Element(
                request.Operation + "Response",
                result is null ? null : RdsXml.Element(request.Operation + "Result", result),
                RdsXml.Element("ResponseMetadata", RdsXml.Text("RequestId", AwsAnswer.NextRequestId())));
        }

        body.Write(Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting)));
    }
}
