using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>What every step on an account needs.</summary>
internal record CosmosStepInput
{
    /// <summary>The account that is restored from; never changed.</summary>
    public required CosmosIdentity Source { get; init; }

    /// <summary>The name of what is restored.</summary>
    public required string Target { get; init; }

    /// <summary>The longest that one operation may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The run, in the tags of what it makes.</summary>
    public required string RunId { get; init; }

    /// <summary>The restore point, a whole second, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>The resource id of what is restored.</summary>
    public string TargetId => Source.Beside(Target);
}

/// <summary>Restoring an account.</summary>
internal sealed record RestoreAccountInput : CosmosStepInput
{
    /// <summary>The id of the restorable account: of the instance that lived at the restore point.</summary>
    public required string RestoreSource { get; init; }

    /// <summary>Whether its region is spread over zones.</summary>
    public bool IsZoneRedundant { get; init; }

    /// <summary>The source's tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The source's identities, where its key is the customer's own; null for none.</summary>
    public JsonObject? ManagedIdentity { get; init; }
}

/// <summary>Putting back what a restore does not take.</summary>
internal sealed record AccountSettingsInput : CosmosStepInput
{
    /// <summary>The properties that it shall have.</summary>
    public required JsonObject Wanted { get; init; }

    /// <summary>Throughputs of databases and containers, by their path below the account.</summary>
    public IReadOnlyDictionary<string, CosmosThroughput> Throughputs { get; init; } = new Dictionary<string, CosmosThroughput>(StringComparer.Ordinal);
}

/// <summary>Adding the source's further regions.</summary>
internal sealed record AccountRegionsInput : CosmosStepInput
{
    /// <summary>All regions, as they shall be set.</summary>
    public required IReadOnlyList<CosmosRegion> Regions { get; init; }
}

/// <summary>Putting stored procedures into containers.</summary>
internal sealed record ProceduresInput : CosmosStepInput
{
    /// <summary>The containers that were there at the restore point.</summary>
    public required IReadOnlyList<CosmosContainer> Containers { get; init; }
}

/// <summary>Comparing.</summary>
internal sealed record VerifyAccountInput : CosmosStepInput
{
    /// <summary>The properties that it shall have.</summary>
    public required JsonObject Wanted { get; init; }

    /// <summary>The source's tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>All regions.</summary>
    public required IReadOnlyList<CosmosRegion> Regions { get; init; }

    /// <summary>The containers that were there at the restore point.</summary>
    public required IReadOnlyList<CosmosContainer> Containers { get; init; }

    /// <summary>The source's endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What a restore cannot bring back, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}

/// <summary>Switching time to live on again.</summary>
internal sealed record TimeToLiveInput : CosmosStepInput
{
    /// <summary>Seconds by container, -1 for "on, without a default".</summary>
    public required IReadOnlyDictionary<string, int> Seconds { get; init; }
}
