namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>A database as it was captured for its restore.</summary>
internal sealed record RestorableDatabase
{
    /// <summary>Which it is.</summary>
    public required RdsIdentity Source { get; init; }

    /// <summary>What is restored is called.</summary>
    public required string Target { get; init; }

    /// <summary>The source's settings, by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The source's tags, without AWS's own.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The source's IAM roles.</summary>
    public IReadOnlyList<RdsRole> Roles { get; init; } = [];

    /// <summary>The source's endpoints, and other names that lead to them.</summary>
    public IReadOnlyList<RdsEndpoint> Endpoints { get; init; } = [];

    /// <summary>An Aurora cluster's instances, the writer first.</summary>
    public IReadOnlyList<RdsMember> Members { get; init; } = [];

    /// <summary>An Aurora cluster's custom endpoints.</summary>
    public IReadOnlyList<CustomEndpoint> CustomEndpoints { get; init; } = [];

    /// <summary>Requests that put automatic scaling back, the resource's name changed already.</summary>
    public ScalingFacts Scaling { get; init; } = new();

    /// <summary>What a restore cannot bring back, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}
