using System.Text;
using System.Xml.Linq;
using ScalarRestore.Drill.Databases.Aws;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>The RDS API. It shares no code with the engine: what one of them misreads, the other does not.</summary>
internal sealed class RdsApi(SignedHttp http)
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal)
    {
        ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8",
    };

    /// <summary>Calls an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="form">Its parameters, as <c>Name=value</c>, not escaped.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The result, without namespaces.</returns>
    public async Task<XElement> CallAsync(string operation, IEnumerable<string> form, CancellationToken cancellationToken)
    {
        var fields = form.Prepend("Version=2014-10-31").Prepend($"Action={operation}").Select(field => field.Split('=', 2));
        var body = Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field[0]}={Uri.EscapeDataString(field[1])}")));
        var answer = XElement.Parse(await http.SendAsync("rds", operation, Headers, body, cancellationToken));
        foreach (var element in answer.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return answer.Element($"{operation}Result") ?? answer;
    }

    /// <summary>The description of an instance.</summary>
    public async Task<XElement> InstanceAsync(string identifier, CancellationToken cancellationToken) =>
        (await CallAsync("DescribeDBInstances", [$"DBInstanceIdentifier={identifier}"], cancellationToken)).Element("DBInstances")!.Elements().Single();

    /// <summary>The description of a cluster.</summary>
    public async Task<XElement> ClusterAsync(string identifier, CancellationToken cancellationToken) =>
        (await CallAsync("DescribeDBClusters", [$"DBClusterIdentifier={identifier}"], cancellationToken)).Element("DBClusters")!.Elements().Single();

    /// <summary>The custom endpoints of a cluster.</summary>
    public async Task<IReadOnlyList<XElement>> CustomEndpointsAsync(string cluster, CancellationToken cancellationToken) =>
    [
        .. (await CallAsync("DescribeDBClusterEndpoints", [$"DBClusterIdentifier={cluster}"], cancellationToken))
            .Element("DBClusterEndpoints")!.Elements().Where(endpoint => endpoint.Element("EndpointType")!.Value == "CUSTOM"),
    ];
}
