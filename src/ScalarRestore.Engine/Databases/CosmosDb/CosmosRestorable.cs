using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>
/// An instance of an account whose backups can be restored from: live or deleted. Several may have had one name, one after the other.
/// (Cosmos DB resource provider, RestorableDatabaseAccounts_List.)
/// </summary>
internal sealed record CosmosRestorable
{
    /// <summary>The id to restore from.</summary>
    public required string Id { get; init; }

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The account's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was deleted; null if it lives.</summary>
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>The oldest time that it can be restored to; null if it is not told.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>The list of all of a subscription.</summary>
    public static string Path(string subscription) => $"/subscriptions/{subscription}/providers/Microsoft.DocumentDB/restorableDatabaseAccounts";

    /// <summary>Reads a row of the list.</summary>
    public static CosmosRestorable Of(JsonObject row)
    {
        var properties = ArmJson.Properties(row);
        return new CosmosRestorable
        {
            Id = ArmJson.Text(row, "id")!,
            InstanceId = ArmJson.Text(row, "name")!,
            Name = ArmJson.Text(properties, "accountName")!,
            Created = ArmJson.Time(properties, "creationTime") ?? DateTimeOffset.MinValue,
            Deleted = ArmJson.Time(properties, "deletionTime"),
            Oldest = ArmJson.Time(properties, "oldestRestorableTime"),
        };
    }

    /// <summary>Whether it has a name.</summary>
    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The earliest time that it can be restored to.</summary>
    public DateTimeOffset Earliest => Oldest is { } oldest && oldest > Created ? oldest : Created;

    /// <summary>Whether it lived at a time.</summary>
    public bool Lived(DateTimeOffset time) => Created <= time && (Deleted is null || time < Deleted);

    /// <inheritdoc/>
    public override string ToString() => $"{InstanceId} ({UtcText.Of(Created)} to {(Deleted is { } deleted ? UtcText.Of(deleted) : "now")})";
}
