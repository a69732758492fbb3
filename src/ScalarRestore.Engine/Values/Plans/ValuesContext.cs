using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>What values are to be changed for.</summary>
internal sealed record ValuesContext
{
    /// <summary>The endpoints that changed.</summary>
    public required IReadOnlyList<EndpointMove> Moves { get; init; }

    /// <summary>Whose values are looked at; a profile that is not, is left as it is. Properties files have no profile.</summary>
    public Func<ValuesProfile?, bool> Includes { get; init; } = _ => true;

    /// <summary>What is known of the release behind a profile.</summary>
    public Func<ValuesProfile?, ProductFacts> Facts { get; init; } = _ => ProductFacts.Unknown;

    /// <summary>The account key of a restored Cosmos DB account; null where it is not at hand.</summary>
    public Func<EndpointMove, string?> AccountKey { get; init; } = _ => null;
}
