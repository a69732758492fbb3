namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>An instance of a cluster, as it is and as it will be.</summary>
internal sealed record RdsMember
{
    /// <summary>The source's instance.</summary>
    public required string Source { get; init; }

    /// <summary>What the new one is called.</summary>
    public required string Target { get; init; }

    /// <summary>Whether it is the writer.</summary>
    public required bool IsWriter { get; init; }

    /// <summary>Its settings, by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Its tags, without AWS's own. A new instance gets none by itself.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Its IAM roles.</summary>
    public IReadOnlyList<RdsRole> Roles { get; init; } = [];
}
