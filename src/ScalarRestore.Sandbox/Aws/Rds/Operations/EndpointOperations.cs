using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Custom endpoints of Aurora clusters.</summary>
internal static class EndpointOperations
{
    private static readonly Dictionary<string, Func<EndpointEntry, string?>> Filters = new(StringComparer.Ordinal)
    {
        ["db-cluster-endpoint-id"] = e => e.Custom?.Id,
        ["db-cluster-endpoint-type"] = e => e.Type,
        ["db-cluster-endpoint-custom-type"] = e => e.Custom?.Type,
        ["db-cluster-endpoint-status"] = e => e.Custom is { } custom ? custom.Status
            : e.Cluster.Members.Count > 0 ? "available" : "inactive",
    };

    public static IEnumerable<XElement?> Create(RdsCall call)
    {
        var (region, form, now) = call;
        var cluster = region.GetCluster(form.Required("DBClusterIdentifier"));
        var id = RdsNames.Checked("DBClusterEndpointIdentifier", form.Required("DBClusterEndpointIdentifier"));
        if (!cluster.IsAurora)
            throw RdsErrors.Combination("Custom endpoints are only supported for Aurora.");

        if (region.Endpoints.ContainsKey(id))
            throw new AwsException("DBClusterEndpointAlreadyExistsFault", $"DB cluster endpoint {id} already exists.");

        ClusterOperations.RefuseUnlessAvailable(cluster);
        if (region.Endpoints.Values.Count(e => e.Cluster == cluster) >= region.Limits.EndpointsPerCluster)
            throw new AwsException(
                "DBClusterEndpointQuotaExceededFault", $"DB cluster {cluster.Id} has as many custom endpoints as it can have.", 403);

        var endpoint = new CustomEndpoint
        {
            Id = id,
            ResourceId = region.NewResourceId("cluster-endpoint-"),
            Arn = region.Arn("cluster-endpoint", id),
            Cluster = cluster,
            Type = Type(form.Required("EndpointType")),
        };
        ReadMembers(call, endpoint);
        CommonParameters.Tag(endpoint.Tags, form.Tags() ?? []);
        region.Endpoints.Add(id, endpoint);
        return Answer(call, endpoint, "creating", () => endpoint.Status = "available");
    }

    public static IEnumerable<XElement?> Describe(RdsCall call)
    {
        var (region, form, _) = call;
        var cluster = form.Text("DBClusterIdentifier") is { } name ? region.GetCluster(name) : null;
        var id = form.Text("DBClusterEndpointIdentifier") is { } endpoint ? Get(call, endpoint).Id : null;
        var all = region.Clusters.Values
            .SelectMany(c => (EndpointEntry[])[
                new(c, "WRITER", Custom: null), new(c, "READER", Custom: null),
                .. region.Endpoints.Values.Where(e => e.Cluster == c).Select(e => new EndpointEntry(c, "CUSTOM", e))])
            .Where(e => (cluster is null || e.Cluster == cluster) && (id is null || e.Custom?.Id == id));

        // The list's items are called as the list's type is.
        return Paging.Page(
            call, "DBClusterEndpoints", Filtering.Where(call, all, Filters), e => $"{e.Cluster.Id}/{e.Type}/{e.Custom?.Id}",
            e => RdsXml.Element("DBClusterEndpointList", e.Custom is { } custom
                ? ClusterXml.Endpoint(region, custom)
                : ClusterXml.Endpoint(region, e.Cluster, e.Type)));
    }

    public static IEnumerable<XElement?> Modify(RdsCall call)
    {
        var endpoint = GetAvailable(call);
        endpoint.Type = call.Form.Text("EndpointType") is { } type ? Type(type) : endpoint.Type;
        ReadMembers(call, endpoint);
        return Answer(call, endpoint, "modifying", () => endpoint.Status = "available");
    }

    public static IEnumerable<XElement?> Delete(RdsCall call)
    {
        var endpoint = GetAvailable(call);
        var region = call.Region;
        return Answer(call, endpoint, "deleting", () => region.Endpoints.Remove(endpoint.Id));
    }

    public static CustomEndpoint Get(RdsCall call, string id) => call.Region.Endpoints.GetValueOrDefault(RdsNames.Plain(id))
        ?? throw new AwsException("DBClusterEndpointNotFoundFault", $"DB cluster endpoint {RdsNames.Plain(id)} not found.");

    private static CustomEndpoint GetAvailable(RdsCall call)
    {
        var endpoint = Get(call, call.Form.Required("DBClusterEndpointIdentifier"));
        return endpoint.Status == "available"
            ? endpoint
            : throw new AwsException(
                "InvalidDBClusterEndpointStateFault", $"DB cluster endpoint {endpoint.Id} is not in available state: {endpoint.Status}.");
    }

    private static string Type(string type) => type is "READER" or "ANY"
        ? type
        : throw RdsErrors.Value($"Invalid endpoint type: {type}. Valid values: READER, ANY");

    private static void ReadMembers(RdsCall call, CustomEndpoint endpoint)
    {
        var members = Members("StaticMembers");
        var excluded = Members("ExcludedMembers");
        if (members is { Count: > 0 } && excluded is { Count: > 0 })
            throw RdsErrors.Combination("You can't specify both StaticMembers and ExcludedMembers.");

        if (members is not null)
            (endpoint.StaticMembers, endpoint.ExcludedMembers) = (members, []);

        if (excluded is not null)
            (endpoint.StaticMembers, endpoint.ExcludedMembers) = ([], excluded);

        List<string>? Members(string name) => call.Form.List(name)?.Select(m => call.Region.GetInstance(m))
            .Select(i => i.Cluster == endpoint.Cluster
                ? i.Id
                : throw RdsErrors.InstanceState($"DB instance {i.Id} is not a member of DB cluster {endpoint.Cluster.Id}."))
            .ToList();
    }

    private static IEnumerable<XElement?> Answer(RdsCall call, CustomEndpoint endpoint, string status, Action whenDone)
    {
        endpoint.Status = status;
        var region = call.Region;
        region.Timeline.At(call.Now + region.Draw(region.Settings.EndpointSeconds, "endpoint", endpoint.Id), whenDone);
        return ClusterXml.Endpoint(region, endpoint);
    }

    private sealed record EndpointEntry(DbCluster Cluster, string Type, CustomEndpoint? Custom);
}
