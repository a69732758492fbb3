using System.Xml.Linq;
using ScalarRestore.Engine.Databases.Rds.Settings;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Reads the endpoints of databases, and tells which old one became which new one.</summary>
internal static class RdsEndpoints
{
    /// <summary>The endpoints that a description itself names; custom ones and those of a cluster's instances are described elsewhere.</summary>
    public static IReadOnlyList<RdsEndpoint> Of(XElement resource, bool isCluster)
    {
        if (!isCluster)
        {
            return Reading.Text(resource, "Endpoint", "Address") is { } address
                ? [new RdsEndpoint(RdsEndpoint.Instance, $"{address}:{Reading.Text(resource, "Endpoint", "Port")}")]
                : [];
        }

        var port = Reading.Text(resource, "Port");
        var endpoints = new List<RdsEndpoint>();
        if (Reading.Text(resource, "Endpoint") is { } writer)
            endpoints.Add(new RdsEndpoint(RdsEndpoint.Writer, $"{writer}:{port}"));

        if (Reading.Text(resource, "ReaderEndpoint") is { } reader)
            endpoints.Add(new RdsEndpoint(RdsEndpoint.Reader, $"{reader}:{port}"));

        return endpoints;
    }

    /// <summary>The changes of endpoints.</summary>
    /// <param name="before">The source's endpoints.</param>
    /// <param name="now">Those of what was restored.</param>
    /// <param name="renamed">How instances and custom endpoints are called now, by their roles before.</param>
    public static IReadOnlyList<EndpointChange> Changes(
        IReadOnlyList<RdsEndpoint> before, IReadOnlyList<RdsEndpoint> now, IReadOnlyDictionary<string, string> renamed)
    {
        var addresses = now.ToDictionary(endpoint => endpoint.Role, endpoint => endpoint.Address, StringComparer.Ordinal);
        return
        [
            .. before.Select(old => (old, Now: addresses.GetValueOrDefault(renamed.GetValueOrDefault(old.Role, old.Role))))
                .Where(pair => pair.Now is not null)
                .Select(pair => new EndpointChange { Old = pair.old.Address, New = pair.Now! }),
        ];
    }
}
