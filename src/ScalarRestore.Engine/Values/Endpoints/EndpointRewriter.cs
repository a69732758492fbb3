using System.Globalization;

namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>Finds out what has to be replaced in a contact point so that it names the restored database. Only the authority changes.</summary>
internal static class EndpointRewriter
{
    /// <summary>The hosts that a contact point names, each with what becomes of it.</summary>
    /// <param name="point">The contact point as the product reads it: one URL.</param>
    /// <param name="moves">The endpoints that changed.</param>
    public static IReadOnlyList<MovedHost> Rewrite(string point, IReadOnlyList<EndpointMove> moves) =>
        [.. ContactPointHosts.Read(point).Select(host => Move(host, moves))];

    private static MovedHost Move(HostSpan host, IReadOnlyList<EndpointMove> moves)
    {
        if (moves.FirstOrDefault(move => move.Old.Fits(host)) is { } old)
            return Replace(host, old);

        return new MovedHost(host, moves.FirstOrDefault(move => move.New.Fits(host)), [], host.ToString());
    }

    private static MovedHost Replace(HostSpan host, EndpointMove move)
    {
        // In parentheses and options a host stands by itself, beside a port it needs brackets if it is an IPv6 address.
        var name = host.PortPrefix is null && host.PortPart is null ? move.New.Host : move.New.Written;
        var edits = new List<TextEdit> { new(host.HostPart.Start, host.HostPart.Length, name) };
        var port = host.Port;
        if (move.New.Port is { } number && number != (host.Port ?? host.DefaultPort))
        {
            port = number;
            var digits = number.ToString(CultureInfo.InvariantCulture);
            if (host.PortPart is { } part)
                edits.Add(new TextEdit(part.Start, part.Length, digits));
            else if (host.PortPrefix is { } prefix)
                edits[0] = edits[0] with { Replacement = name + prefix + digits };
            else
                throw CannotAddPort(host, move);
        }

        return new MovedHost(host, move, edits, new EndpointAddress(move.New.Host, port).ToString());
    }

    private static RestoreException CannotAddPort(HostSpan host, EndpointMove move) => new(
        "EndpointPortNotWritten",
        FaultCategory.InvalidOperation,
        $"The new endpoint {move.New} has another port than the contact point, which names {host} in a form that a port cannot be added to.",
        host.ToString(),
        "Write the port into the contact point by hand, then run the command again. Nothing was changed.");
}
