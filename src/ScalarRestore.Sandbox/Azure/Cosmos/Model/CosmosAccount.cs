using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Model;

/// <summary>An account of Azure Cosmos DB for NoSQL, also one that is gone.</summary>
internal sealed class CosmosAccount
{
    public required string Name { get; init; }

    public required string Group { get; init; }

    /// <summary>The id by which it can be restored.</summary>
    public required string InstanceId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The region's name for people.</summary>
    public required string Location { get; init; }

    /// <summary>Creating, Updating, Deleting, Succeeded or Failed.</summary>
    public required string State { get; set; }

    public SortedDictionary<string, string> Tags { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The identity as set; null for none.</summary>
    public JsonObject? Identity { get; set; }

    /// <summary>All that can be set, as it is told.</summary>
    public required JsonObject Properties { get; init; }

    /// <summary>All regions that it ever had; those without an end are there.</summary>
    public List<AccountRegion> Regions { get; } = [];

    /// <summary>All databases that it ever had.</summary>
    public List<SqlDatabase> Databases { get; } = [];

    /// <summary>Primary, secondary, primary read-only and secondary read-only.</summary>
    public required string[] Keys { get; init; }

    /// <summary>What it was restored by; null for one that was created.</summary>
    public JsonObject? RestoreParameters { get; init; }

    /// <summary>The account whose address shows in the regions while a restore goes on (domain/azure.md, section 1.3).</summary>
    public string? ShownAs { get; set; }

    /// <summary>Since when it can be restored to a point in time; null with periodic backups.</summary>
    public DateTimeOffset? ContinuousSince { get; set; }

    /// <summary>Private endpoints, as they are told.</summary>
    public JsonArray PrivateEndpoints { get; set; } = [];

    /// <summary>Whether a write is being done, which keeps all others out.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether there are no request units.</summary>
    public bool IsServerless => Properties.Objects("capabilities").Any(c => c.Text("name") == "EnableServerless");

    /// <summary>How long backups reach back.</summary>
    public TimeSpan Window => Properties.Object("backupPolicy").Object("continuousModeProperties").Text("tier") == "Continuous7Days"
        ? TimeSpan.FromDays(7)
        : TimeSpan.FromDays(30);

    public IEnumerable<AccountRegion> LiveRegions => Regions.Where(r => r.DeletedAt is null).OrderBy(r => r.FailoverPriority);

    public DateTimeOffset? OldestRestorable(DateTimeOffset now) =>
        ContinuousSince is not { } since ? null : since > now - Window ? since : now - Window;

    public IEnumerable<SqlDatabase> DatabasesAt(DateTimeOffset at) =>
        Databases.Where(d => d.Existed(at)).OrderBy(d => d.Name, StringComparer.Ordinal);

    public SqlDatabase? Find(string database, DateTimeOffset at) => Databases.Find(d => d.Name == database && d.Existed(at));
}
