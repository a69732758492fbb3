namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>What every step on an RDS database needs.</summary>
internal record RdsStepInput
{
    /// <summary>The database that is restored from; never changed, but for its name where that was asked for.</summary>
    public required RdsIdentity Source { get; init; }

    /// <summary>The identifier of what is restored.</summary>
    public required string Target { get; init; }

    /// <summary>The longest that one operation may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The run, in the tags of what it makes.</summary>
    public required string RunId { get; init; }

    /// <summary>The restore point, a whole second, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }
}

/// <summary>Restoring an instance or a cluster, putting back what a restore does not take, and comparing.</summary>
internal sealed record RestoreSettingsInput : RdsStepInput
{
    /// <summary>The source's settings, by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The source's tags, without AWS's own.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The source's IAM roles.</summary>
    public IReadOnlyList<RdsRole> Roles { get; init; } = [];

    /// <summary>What a restore cannot bring back, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>The source's endpoints that workloads may use: <c>host:port</c>.</summary>
    public IReadOnlyList<RdsEndpoint> Endpoints { get; init; } = [];

    /// <summary>The instances of an Aurora cluster, as they are and as they will be called.</summary>
    public IReadOnlyList<RdsMember> Members { get; init; } = [];

    /// <summary>The custom endpoints of an Aurora cluster, likewise.</summary>
    public IReadOnlyList<CustomEndpoint> CustomEndpoints { get; init; } = [];
}

/// <summary>Making one instance of an Aurora cluster.</summary>
internal sealed record MemberInput : RdsStepInput
{
    /// <summary>The instance.</summary>
    public required RdsMember Member { get; init; }
}

/// <summary>Custom endpoints and automatic scaling of an Aurora cluster.</summary>
internal sealed record ClusterExtrasInput : RdsStepInput
{
    /// <summary>The custom endpoints.</summary>
    public required IReadOnlyList<CustomEndpoint> Endpoints { get; init; }

    /// <summary>Automatic scaling of the readers.</summary>
    public required ScalingFacts Scaling { get; init; }
}

/// <summary>Giving a database another identifier.</summary>
internal sealed record RenameInput : RdsStepInput
{
    /// <summary>The identifier that it has.</summary>
    public required string From { get; init; }

    /// <summary>The identifier that it gets.</summary>
    public required string To { get; init; }

    /// <summary>Whether it is the source that is put aside; else what was restored.</summary>
    public required bool IsSource { get; init; }
}
