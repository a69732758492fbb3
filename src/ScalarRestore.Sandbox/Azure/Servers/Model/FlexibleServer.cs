using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Servers.Model;

/// <summary>A flexible server of MySQL or PostgreSQL.</summary>
internal sealed class FlexibleServer
{
    public required ServerEngine Engine { get; init; }

    public required string Name { get; init; }

    public required string Group { get; init; }

    public required string Location { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of the server that the first content comes from, through however many restores: how long a restore takes goes with
    /// that.</summary>
    public required string Origin { get; init; }

    /// <summary>Ready, Updating, Stopped and so on.</summary>
    public required string State { get; set; }

    /// <summary>Whether it cannot be seen yet, although its name is taken.</summary>
    public bool IsUnseen { get; set; }

    /// <summary>Whether something is being done that keeps other changes out.</summary>
    public bool IsBusy { get; set; }

    public SortedDictionary<string, string> Tags { get; set; } = new(StringComparer.Ordinal);

    public JsonObject? Identity { get; set; }

    public required JsonObject Sku { get; init; }

    /// <summary>All that can be set, as it is told.</summary>
    public required JsonObject Properties { get; init; }

    /// <summary>From when on it can be restored; null until the first backup.</summary>
    public DateTimeOffset? BackedUpAt { get; set; }

    /// <summary>The id of the server that it copies; null for none.</summary>
    public string? ReplicaOf { get; set; }

    /// <summary>The point in time that it was restored to, for the dump: the service does not tell.</summary>
    public DateTimeOffset? RestoredTo { get; set; }

    public SortedDictionary<string, (string Start, string End)> FirewallRules { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parameters that are set otherwise than by default.</summary>
    public SortedDictionary<string, ParameterValue> Parameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Administrators of Microsoft Entra by the name in their path, as their properties are told.</summary>
    public SortedDictionary<string, JsonObject> Administrators { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All databases that it ever had, without those of the system.</summary>
    public List<ServerDatabase> Databases { get; } = [];

    public JsonArray PrivateEndpoints { get; set; } = [];

    /// <summary>Names that move from one server to another; PostgreSQL only.</summary>
    public JsonArray VirtualEndpoints { get; set; } = [];

    public int RetentionDays => Properties.Object("backup").Number("backupRetentionDays") ?? 7;

    public bool IsPrivate => Properties.Object("network").Text("delegatedSubnetResourceId") is { Length: > 0 };

    public DateTimeOffset? EarliestRestore(DateTimeOffset now)
    {
        var reach = now - TimeSpan.FromDays(RetentionDays);
        return BackedUpAt is not { } first ? null : first > reach ? first : reach;
    }

    public IEnumerable<ServerDatabase> DatabasesAt(DateTimeOffset at) =>
        Databases.Where(d => d.Existed(at)).OrderBy(d => d.Name, StringComparer.Ordinal);

    public ServerDatabase? Find(string database, DateTimeOffset at) => Databases.Find(d => d.Name == database && d.Existed(at));
}
