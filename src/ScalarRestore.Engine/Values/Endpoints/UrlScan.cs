using System.Globalization;

namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>Small readers that the URLs of all drivers share.</summary>
internal static class UrlScan
{
    /// <summary>The next of some characters that stands outside of parentheses and brackets; the end if there is none.</summary>
    public static int Next(string text, int start, int end, string stops)
    {
        var depth = 0;
        for (var at = start; at < end; at++)
        {
            var c = text[at];
            if (depth == 0 && stops.Contains(c, StringComparison.Ordinal))
                return at;

            depth = c switch
            {
                '(' => depth + 1,
                ')' when depth > 0 => depth - 1,
                _ => depth,
            };
        }

        return end;
    }

    /// <summary>Whether an IPv6 address in brackets begins here.</summary>
    public static bool IsAddress(string text, int start, int end)
    {
        var close = text.IndexOf(']', start, end - start);
        return close > start + 1
            && text[(start + 1)..close].Contains("::", StringComparison.Ordinal) | text[(start + 1)..close].Count(c => c == ':') > 1
            && text[(start + 1)..close].All(c => char.IsAsciiHexDigit(c) || c is ':' or '.' or '%');
    }

    /// <summary><c>host:port</c>; null where no host stands there.</summary>
    public static HostSpan? HostAndPort(string text, int start, int end, int? defaultPort)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;

        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;

        var bracket = start < end && text[start] == '[' ? text.IndexOf(']', start, end - start) : -1;
        var hostEnd = bracket > 0 ? bracket + 1 : text.IndexOf(':', start, end - start) is var colon and >= 0 ? colon : end;
        if (hostEnd == start)
            return null;

        TextSpan? port = hostEnd + 1 < end && text[hostEnd] == ':' ? new TextSpan(hostEnd + 1, end - hostEnd - 1) : null;
        return Host(text, new TextSpan(start, hostEnd - start), port, defaultPort, prefix: ":");
    }

    /// <summary>A host whose place, and that of its port, is known.</summary>
    public static HostSpan Host(string text, TextSpan host, TextSpan? port, int? defaultPort, string? prefix)
    {
        var name = text.Substring(host.Start, host.Length).Trim('[', ']');
        int? number = port is { } span && int.TryParse(text.AsSpan(span.Start, span.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
        return new HostSpan(name, number, defaultPort, host, number is null ? null : port, port is null ? prefix : null);
    }

    /// <summary>
    /// <c>address=(host=…)(port=…)</c> or <c>(host=…,port=…)</c>: the names, in lower case, and where their values stand; null if it is not such.
    /// </summary>
    public static Dictionary<string, TextSpan>? Descriptor(string text, int start, int end)
    {
        var open = text.IndexOf('(', start, end - start);
        if (open < 0 || (open > start && !text[start..open].Trim().TrimEnd('=').Trim().Equals("address", StringComparison.OrdinalIgnoreCase)))
            return null;

        var parts = new Dictionary<string, TextSpan>(StringComparer.OrdinalIgnoreCase);
        var at = open;
        while (at < end)
        {
            var stop = text.AsSpan(at, end - at).IndexOfAny('(', ')', ',') is var found and >= 0 ? at + found : end;
            var equals = text.IndexOf('=', at, stop - at);
            if (equals > at)
                parts.TryAdd(text[at..equals].Trim(), Trimmed(text, equals + 1, stop));

            at = stop + 1;
        }

        return parts;
    }

    /// <summary>A part of the text without the blanks around it.</summary>
    public static TextSpan Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;

        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;

        return new TextSpan(start, end - start);
    }
}
