using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>What has to be changed where, so that values point at restored databases. Made from texts alone.</summary>
internal sealed record ValuesPlan
{
    /// <summary>The sources, in helm's order.</summary>
    public required IReadOnlyList<SourcePlan> Sources { get; init; }

    /// <summary>Variables that Secrets feed and that have to change.</summary>
    public required IReadOnlyList<VariableEdit> Variables { get; init; }

    /// <summary>Every contact point that a product reads from these sources.</summary>
    public required IReadOnlyList<FoundPoint> Points { get; init; }

    /// <summary>Lines that name a contact point and are commented out.</summary>
    public required IReadOnlyList<ValuePlace> Commented { get; init; }

    /// <summary>The Cosmos DB accounts whose new key is needed and not at hand.</summary>
    public required IReadOnlyList<EndpointMove> KeysNeeded { get; init; }

    /// <summary>The dotted keys that change, by chart.</summary>
    public required IReadOnlyList<(ValuesProfile Profile, string Key)> Keys { get; init; }

    /// <summary>What the operator should know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
