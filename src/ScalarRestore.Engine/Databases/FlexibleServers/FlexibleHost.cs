using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>The hosts in workloads' JDBC URLs, and what they tell of the servers behind them. Pure.</summary>
internal static class FlexibleHost
{
    private const string PrivateLink = "privatelink";

    /// <summary>The hosts of a storage that are names of an engine's servers, without ports and in small letters.</summary>
    public static IReadOnlyList<string> Of(FlexibleEngine engine, WorkloadStorage storage) => !string.Equals(storage.Storage.Trim(), "jdbc", StringComparison.OrdinalIgnoreCase)
        ? []
        :
        [
            .. ContactPointHosts.Read(ContactPointList.First(storage.ContactPoints ?? "", null).Text)
                .Select(host => host.Host.TrimEnd('.').ToLowerInvariant()).Where(host => engine.CloudOf(host) is not null).Distinct(StringComparer.Ordinal),
        ];

    /// <summary>
    /// Whether a host is a server's name in another zone than its own: that of a private link, or the private DNS zone that the server is put
    /// into. (Azure's documentation: "Private Link", "Networking with private access".)
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="suffix">What servers' own hosts end with.</param>
    /// <param name="zoneId">The resource id of the server's private DNS zone; null for none.</param>
    public static bool IsPrivateNameOf(string host, string server, string suffix, string? zoneId)
    {
        var zone = zoneId?[(zoneId.LastIndexOf('/') + 1)..];
        return Is($"{server}.{PrivateLink}.{suffix}") || (zone is { Length: > 0 } && Is($"{server}.{zone}"));

        bool Is(string name) => string.Equals(host, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name of the virtual endpoint that a host is the writer or the reader of; null if it is none's.</summary>
    public static string? VirtualEndpointIn(string host, string suffix)
    {
        foreach (var role in (string[])["writer", "reader"])
        {
            var end = $".{role}.{suffix}";
            if (host.EndsWith(end, StringComparison.OrdinalIgnoreCase) && host[..^end.Length] is { Length: > 0 } name && !name.Contains('.', StringComparison.Ordinal))
                return name;
        }

        return null;
    }
}
