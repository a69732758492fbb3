using ScalarRestore.Engine.Databases.CosmosDb;

namespace ScalarRestore.Engine.Schema;

/// <summary>A restored Cosmos DB account whose schema can be repaired.</summary>
internal sealed record RepairableAccount
{
    /// <summary>Where it comes from, and the containers that were there at the restore point.</summary>
    public required ProceduresInput Input { get; init; }

    /// <summary>Its endpoint; null if it is not known.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The service limit that its steps count against.</summary>
    public string? Limit { get; init; }

    /// <summary>How long a repair is expected to take.</summary>
    public TimeSpan Estimate { get; init; }
}
