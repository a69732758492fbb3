using System.Globalization;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>A host and, where it matters, its port.</summary>
/// <param name="Host">The host's name or address; IPv6 without brackets.</param>
/// <param name="Port">The port; null where any will do.</param>
internal sealed partial record EndpointAddress(string Host, int? Port)
{
    /// <summary>Reads what an operator or a provider calls an endpoint: a host, a host with a port, a URI, or a whole JDBC URL.</summary>
    /// <exception cref="RestoreException"><c>EndpointInvalid</c>.</exception>
    public static EndpointAddress Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Contains("://", StringComparison.Ordinal) || trimmed.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase))
        {
            var hosts = ContactPointHosts.Read(trimmed);
            return hosts.Count switch
            {
                1 => Checked(hosts[0].Host, hosts[0].Port, text),
                0 => throw Invalid(text, "names no host"),
                _ => throw Invalid(text, "names several hosts; give one old and one new endpoint for each"),
            };
        }

        if (HostPort().Match(trimmed) is not { Success: true } match)
            throw Invalid(text, "is neither a host, nor a host with a port, nor a URI, nor a JDBC URL");

        return Checked(match.Groups["host"].Value, match.Groups["port"] is { Success: true } port ? Number(port.Value) : null, text);
    }

    /// <summary>Whether a contact point's host is this one. Names are compared without case and without the root's dot.</summary>
    public bool Fits(HostSpan span) =>
        string.Equals(Plain(Host), Plain(span.Host), StringComparison.OrdinalIgnoreCase)
        && (Port is null || (span.Port ?? span.DefaultPort) is not { } port || port == Port);

    /// <summary>Whether both may mean the same.</summary>
    public bool Overlaps(EndpointAddress other) =>
        string.Equals(Plain(Host), Plain(other.Host), StringComparison.OrdinalIgnoreCase) && (Port is null || other.Port is null || Port == other.Port);

    /// <summary>The host as it is written beside a port.</summary>
    public string Written => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <inheritdoc/>
    public override string ToString() => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Written}:{port}") : Host;

    private static string Plain(string host) => host.TrimEnd('.');

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : 0;

    // What is put into a file must not be able to mean more than a host there.
    private static EndpointAddress Checked(string host, int? port, string text)
    {
        if (!HostName().IsMatch(host))
            throw Invalid(text, $"has '{host}' where a host's name or address should be");

        return port == 0 ? throw Invalid(text, "has a port that is none (1 to 65535)") : new EndpointAddress(host, port);
    }

    private static RestoreException Invalid(string text, string what) => new(
        "EndpointInvalid",
        FaultCategory.InvalidArgument,
        $"The endpoint '{ContactPoints.WithoutCredentials(text)}' {what}.",
        ContactPoints.WithoutCredentials(text),
        "Write it as 'db.example.com', 'db.example.com:3306', 'https://account.documents.azure.com:443/', or as the JDBC URL. Nothing was changed.");

    [GeneratedRegex(
        @"^(\[(?<host>[0-9A-Fa-f:.]+(%\w+)?)\]|(?<host>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)|(?<host>[^:/\\@\s]+))(:(?<port>\d{1,9}))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostPort();

    [GeneratedRegex(
        @"^([A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(%\w+)?)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostName();
}
