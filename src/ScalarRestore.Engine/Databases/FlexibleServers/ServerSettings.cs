using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>What a restored server shall have again.</summary>
internal sealed record ServerSettings
{
    /// <summary>Parameters that somebody has set, by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Rules of the firewall, by name.</summary>
    public required IReadOnlyDictionary<string, FirewallRule> FirewallRules { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The managed identities that it may act as; null for none.</summary>
    public JsonObject? ManagedIdentity { get; init; }

    /// <summary>Administrators of Microsoft Entra, by the name in their path: what can be set of them.</summary>
    public required IReadOnlyDictionary<string, JsonObject> Administrators { get; init; }

    /// <summary>The properties of <see cref="ServerConcern"/>.</summary>
    public required JsonObject Wanted { get; init; }

    /// <summary>The compute size and its tier, for comparison: a restore takes the source's.</summary>
    public JsonObject? Sku { get; init; }

    /// <summary>The database's version, for comparison: a restore has that of the restore point.</summary>
    public string? Version { get; init; }
}
