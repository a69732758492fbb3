using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>A contact point that a product reads, and what becomes of it.</summary>
internal sealed record FoundPoint
{
    /// <summary>The chart; null in properties files.</summary>
    public required ValuesProfile? Profile { get; init; }

    /// <summary>Where it is written.</summary>
    public required ValuePlace Place { get; init; }

    /// <summary>The contact point without names and passwords.</summary>
    public required string Shown { get; init; }

    /// <summary>Its hosts; none where it names none.</summary>
    public required IReadOnlyList<MovedHost> Hosts { get; init; }

    /// <summary>Variables in it that are not known.</summary>
    public required IReadOnlyList<string> Unresolved { get; init; }

    /// <summary>The changes that it follows, now or already.</summary>
    public IEnumerable<EndpointMove> Follows => Hosts.Select(host => host.Move).OfType<EndpointMove>();

    /// <summary>Whether something of it has to be replaced.</summary>
    public bool Moves => Hosts.Any(host => host.Edits.Count > 0);
}
