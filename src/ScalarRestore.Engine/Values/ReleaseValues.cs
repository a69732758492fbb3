namespace ScalarRestore.Engine.Values;

/// <summary>
/// Which values of a release follow a restore. Part of a plan, so it holds no value: a property block has passwords in it. The texts are
/// read when they are applied.
/// </summary>
internal sealed record ReleaseValues
{
    /// <summary>The dotted keys whose texts change, for example <c>ledger.ledgerProperties</c>; empty where only a Secret had to change.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>The endpoints that changed.</summary>
    public required IReadOnlyList<EndpointChange> Changes { get; init; }

    /// <summary>The values files in helm's order, whose texts at <see cref="Keys"/> are applied; empty: the release's own values are rewritten.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];
}
