namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>
/// <c>jdbc:oracle:thin:user/password@…</c> with <c>//host:port/service</c>, <c>host:port:SID</c>, or a connect descriptor. A name that a
/// directory or a tnsnames file resolves has no host.
/// </summary>
internal static class OracleUrl
{
    private const int DefaultPort = 1521;

    /// <summary>The hosts.</summary>
    public static IReadOnlyList<HostSpan> Hosts(string text)
    {
        if (AfterLogin(text) is not { } start)
            return [];

        while (start < text.Length && char.IsWhiteSpace(text[start]))
            start++;

        if (start < text.Length && text[start] == '(')
            return Descriptor(text, start);

        var scheme = text.IndexOf("//", start, StringComparison.Ordinal);
        if (scheme > start)
        {
            var name = text[start..scheme].TrimEnd(':');
            if (!name.Equals("tcp", StringComparison.OrdinalIgnoreCase) && !name.Equals("tcps", StringComparison.OrdinalIgnoreCase))
                return [];
        }

        return scheme >= start ? EasyConnect(text, scheme + 2) : Plain(text, start);
    }

    // The password may be quoted, and then have an @ in it.
    private static int? AfterLogin(string text)
    {
        var quoted = false;
        for (var at = "jdbc:oracle:".Length; at < text.Length; at++)
        {
            if (text[at] == '"')
                quoted = !quoted;
            else if (text[at] == '@' && !quoted)
                return at + 1;
        }

        return null;
    }

    private static List<HostSpan> EasyConnect(string text, int start)
    {
        var hosts = new List<HostSpan>();
        var end = UrlScan.Next(text, start, text.Length, "/?");
        var at = start;
        while (at < end)
        {
            var next = UrlScan.Next(text, at, end, ",;");
            if (UrlScan.HostAndPort(text, at, next, DefaultPort) is { } host)
                hosts.Add(WithSharedPort(text, host, next, end));

            at = next + 1;
        }

        return hosts;
    }

    // In 'host1,host2:1521' the port is for both.
    private static HostSpan WithSharedPort(string text, HostSpan host, int next, int end) =>
        host.Port is null && next < end && text[next] == ',' ? host with { DefaultPort = null, PortPrefix = null } : host;

    private static List<HostSpan> Plain(string text, int start)
    {
        var end = UrlScan.Next(text, start, text.Length, "/?");
        var colon = text.IndexOf(':', start, end - start);
        if (colon < 0 && end == text.Length)
            return [];

        // host:port:SID
        var second = colon < 0 ? -1 : text.IndexOf(':', colon + 1, end - colon - 1);
        return UrlScan.HostAndPort(text, start, second < 0 ? end : second, DefaultPort) is { } host ? [host] : [];
    }

    /// <summary>Every <c>(ADDRESS=…)</c> with a host, however deep.</summary>
    private static List<HostSpan> Descriptor(string text, int start)
    {
        var hosts = new List<HostSpan>();
        var open = new Stack<Dictionary<string, TextSpan>>();
        open.Push(new Dictionary<string, TextSpan>(StringComparer.OrdinalIgnoreCase));
        var begun = new Stack<int>();
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == '(')
            {
                begun.Push(at + 1);
                open.Push(new Dictionary<string, TextSpan>(StringComparer.OrdinalIgnoreCase));
            }
            else if (text[at] == ')' && begun.TryPop(out var from))
            {
                var inner = open.Pop();
                if (inner.TryGetValue("HOST", out var host))
                    hosts.Add(UrlScan.Host(text, host, inner.TryGetValue("PORT", out var port) ? port : null, DefaultPort, prefix: null));
                else if (inner.Count == 0 && text.IndexOf('=', from, at - from) is var equals and >= 0)
                    open.Peek().TryAdd(text[from..equals].Trim(), UrlScan.Trimmed(text, equals + 1, at));
            }
        }

        return [.. hosts.OrderBy(host => host.HostPart.Start)];
    }
}
