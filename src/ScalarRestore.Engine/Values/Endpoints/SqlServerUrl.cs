namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary><c>jdbc:sqlserver://host\instance:port;name=value;…</c>, where the host may also be an option.</summary>
internal static class SqlServerUrl
{
    private const int DefaultPort = 1433;

    /// <summary>The hosts.</summary>
    public static IReadOnlyList<HostSpan> Hosts(string text)
    {
        var hosts = new List<HostSpan>();
        if (text.IndexOf("//", StringComparison.Ordinal) is not (var slashes and >= 0))
            return hosts;

        var start = slashes + 2;
        var end = text.IndexOf(';', start) is var semicolon and >= 0 ? semicolon : text.Length;
        var slash = text.IndexOf('\\', start, end - start);
        var colon = text.IndexOf(':', start, end - start);
        var hostEnd = Math.Min(slash < 0 ? end : slash, colon < 0 ? end : colon);
        var options = Options(text, end);
        var portOption = options.TryGetValue("portNumber", out var number) || options.TryGetValue("port", out number) ? number : (TextSpan?)null;
        if (hostEnd > start)
        {
            TextSpan? port = colon >= 0 && colon + 1 < end ? new TextSpan(colon + 1, end - colon - 1) : portOption;

            // With an instance's name and no port, the port is asked for at the host.
            hosts.Add(UrlScan.Host(text, new TextSpan(start, hostEnd - start), port, slash < 0 ? DefaultPort : null, slash < 0 ? ":" : null));
        }
        else if (options.TryGetValue("serverName", out var server) || options.TryGetValue("server", out server))
        {
            hosts.Add(UrlScan.Host(text, server, portOption, DefaultPort, prefix: null));
        }

        if (options.TryGetValue("failoverPartner", out var partner))
            hosts.Add(UrlScan.Host(text, partner, null, DefaultPort, prefix: null));

        return hosts;
    }

    private static Dictionary<string, TextSpan> Options(string text, int at)
    {
        var options = new Dictionary<string, TextSpan>(StringComparer.OrdinalIgnoreCase);
        while (at < text.Length)
        {
            at++;
            var equals = text.IndexOf('=', at);
            var next = text.IndexOf(';', at);
            if (equals < 0)
                break;

            if (next >= 0 && next < equals)
            {
                at = next;
                continue;
            }

            // A value in braces may hold semicolons.
            var value = UrlScan.Trimmed(text, equals + 1, text.Length);
            if (value.Length > 0 && text[value.Start] == '{' && text.IndexOf('}', value.Start) is var close and >= 0)
            {
                options.TryAdd(text[at..equals].Trim(), new TextSpan(value.Start + 1, close - value.Start - 1));
                next = text.IndexOf(';', close);
            }
            else
            {
                options.TryAdd(text[at..equals].Trim(), UrlScan.Trimmed(text, equals + 1, next < 0 ? text.Length : next));
            }

            at = next < 0 ? text.Length : next;
        }

        return options;
    }
}
