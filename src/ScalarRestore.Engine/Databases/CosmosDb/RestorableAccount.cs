using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>An account as it was captured for its restore.</summary>
internal sealed record RestorableAccount
{
    /// <summary>Which it is.</summary>
    public required CosmosIdentity Source { get; init; }

    /// <summary>What is restored is called.</summary>
    public required string Target { get; init; }

    /// <summary>The id of the instance that lived at the restore point.</summary>
    public required string RestoreSource { get; init; }

    /// <summary>The source's endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The properties that it shall have again.</summary>
    public required JsonObject Wanted { get; init; }

    /// <summary>The source's tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The source's regions.</summary>
    public required IReadOnlyList<CosmosRegion> Regions { get; init; }

    /// <summary>The containers that were there at the restore point.</summary>
    public required IReadOnlyList<CosmosContainer> Containers { get; init; }

    /// <summary>The source's throughputs, by their path below the account.</summary>
    public required IReadOnlyDictionary<string, CosmosThroughput> Throughputs { get; init; }

    /// <summary>Seconds to live of the containers where that is on.</summary>
    public required IReadOnlyDictionary<string, int> TimeToLive { get; init; }

    /// <summary>The source's identities, where its key is the customer's own.</summary>
    public JsonObject? ManagedIdentity { get; init; }

    /// <summary>What a restore cannot bring back, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}
