namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>Finds the hosts that a contact point names: a JDBC URL of any of the databases that ScalarDB knows, or a URI.</summary>
internal static class ContactPointHosts
{
    private const string Jdbc = "jdbc:";

    /// <summary>The hosts, in the order of the text; none where it names none (a region, a file, a name that a directory resolves).</summary>
    public static IReadOnlyList<HostSpan> Read(string text)
    {
        if (text.StartsWith(Jdbc, StringComparison.OrdinalIgnoreCase))
        {
            var kind = text.IndexOf(':', Jdbc.Length) is var colon and >= 0 ? text[Jdbc.Length..colon].ToLowerInvariant() : "";
            return kind switch
            {
                "oracle" => OracleUrl.Hosts(text),
                "sqlserver" => SqlServerUrl.Hosts(text),
                _ => Authority(text, DefaultPort(kind)),
            };
        }

        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return Authority(text, 443);

        return text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? Authority(text, 80) : [];
    }

    private static int? DefaultPort(string kind) => kind switch
    {
        "mysql" or "mariadb" => 3306,
        "postgresql" => 5432,
        "yugabytedb" => 5433,
        "db2" => 50000,
        _ => null,
    };

    /// <summary><c>//user:password@host:port,host:port/path?query</c>, and the other ways in which MySQL's and MariaDB's drivers write a list.</summary>
    private static List<HostSpan> Authority(string text, int? defaultPort)
    {
        var hosts = new List<HostSpan>();
        if (text.IndexOf("//", StringComparison.Ordinal) is not (var slashes and >= 0))
            return hosts;

        var start = slashes + 2;
        var end = UrlScan.Next(text, start, text.Length, "/?#");
        var at = start;
        while (at < end)
        {
            var next = UrlScan.Next(text, at, end, ",");
            Add(text, at, next, defaultPort, hosts);
            at = next + 1;
        }

        return hosts;
    }

    private static void Add(string text, int start, int end, int? defaultPort, List<HostSpan> hosts)
    {
        // A password may have an @ in it.
        var user = text.LastIndexOf('@', end - 1, end - start);
        start = user >= 0 ? user + 1 : start;

        // MySQL groups hosts of one user in brackets, which IPv6 addresses have too.
        if (start < end && text[start] == '[' && !UrlScan.IsAddress(text, start, end))
            start++;

        if (end > start && text[end - 1] == ']' && !text.AsSpan(start, end - start).Contains('['))
            end--;

        if (UrlScan.Descriptor(text, start, end) is { } parts)
        {
            if (parts.TryGetValue("host", out var host))
            {
                var port = parts.TryGetValue("port", out var given) ? given : (TextSpan?)null;
                hosts.Add(UrlScan.Host(text, host, port, defaultPort, prefix: null));
            }
        }
        else if (UrlScan.HostAndPort(text, start, end, defaultPort) is { } span)
        {
            hosts.Add(span);
        }
    }
}
