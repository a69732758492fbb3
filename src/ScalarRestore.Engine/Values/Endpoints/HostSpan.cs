namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>A host that a contact point names, and where in it.</summary>
/// <param name="Host">The host, as written; an IPv6 address without its brackets.</param>
/// <param name="Port">The port; null where none is written.</param>
/// <param name="DefaultPort">The port that then counts; null where there is none.</param>
/// <param name="HostPart">Where the host stands.</param>
/// <param name="PortPart">Where the port's digits stand; null where none is written.</param>
/// <param name="PortPrefix">What has to stand between the host and a port that is added; null where a port cannot be added.</param>
internal sealed record HostSpan(string Host, int? Port, int? DefaultPort, TextSpan HostPart, TextSpan? PortPart, string? PortPrefix)
{
    /// <summary>Host and port as they are shown.</summary>
    public override string ToString() => new EndpointAddress(Host, Port).ToString();
}
