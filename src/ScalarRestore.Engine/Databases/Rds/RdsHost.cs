using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>A host in a workload's JDBC URL.</summary>
/// <param name="Written">As it is written.</param>
/// <param name="Port">The port that counts; null if none is known.</param>
internal sealed partial record RdsHost(string Written, int? Port)
{
    /// <summary>The hosts of a storage's contact points.</summary>
    public static IReadOnlyList<RdsHost> Of(WorkloadStorage storage) =>
    [
        .. ContactPointHosts.Read(ContactPointList.First(storage.ContactPoints ?? "", null).Text)
            .Select(host => new RdsHost(host.Host.TrimEnd('.').ToLowerInvariant(), host.Port ?? host.DefaultPort)).Distinct(),
    ];

    /// <summary>Whether a storage may be one of RDS: a JDBC one that is none of Azure's.</summary>
    public static bool MayBeRds(WorkloadStorage storage) =>
        string.Equals(storage.Storage.Trim(), "jdbc", StringComparison.OrdinalIgnoreCase) && !Of(storage).Any(host => Azure().IsMatch(host.Written));

    /// <summary>The region that the name of an endpoint of RDS says; null if it says none.</summary>
    public static string? RegionOf(string host) => Endpoint().Match(host) is { Success: true } match ? match.Groups["region"].Value : null;

    /// <summary>Whether the name is an endpoint of an RDS Proxy. (RDS User Guide, "Connecting to a database through RDS Proxy".)</summary>
    public static bool IsProxy(string? host) => host is not null && Proxy().IsMatch(host);

    /// <summary>What a name is an alias of, by the directory of names; the name itself if it is none or cannot be looked up here.</summary>
    public static async Task<string> CanonicalAsync(string host, CancellationToken cancellationToken)
    {
        if (RegionOf(host) is not null || IPAddress.TryParse(host, out _))
            return host;

        try
        {
            return (await Dns.GetHostEntryAsync(host, cancellationToken).ConfigureAwait(false)).HostName.TrimEnd('.').ToLowerInvariant();
        }
        catch (SocketException)
        {
            // A private zone is not seen from everywhere: then nothing is found under the name, and that is told.
            return host;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => new EndpointAddress(Written, Port).ToString();

    [GeneratedRegex(@"(\.(?<region>[a-z]{2}(-[a-z]+)+-\d)\.rds|\.rds\.(?<region>[a-z]{2}(-[a-z]+)+-\d))\.amazonaws\.com(\.cn)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"\.(endpoint\.)?proxy-[a-z0-9]+\.", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Proxy();

    [GeneratedRegex(@"\.database\.(azure\.com|chinacloudapi\.cn|usgovcloudapi\.net)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Azure();
}
