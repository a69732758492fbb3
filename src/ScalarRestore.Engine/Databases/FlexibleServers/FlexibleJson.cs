using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Reads the descriptions of servers.</summary>
internal static class FlexibleJson
{
    private static readonly string[] Stuck = ["Stopped", "Disabled", "Dropping", "Inaccessible"];

    /// <summary>The host that clients use; null while there is none.</summary>
    public static string? Host(JsonObject server) => ArmJson.Text(ArmJson.Properties(server), "fullyQualifiedDomainName");

    /// <summary>The service's word for what it is doing.</summary>
    public static string? State(JsonObject server) => ArmJson.Text(ArmJson.Properties(server), "state");

    /// <summary>Whether a word is one of a state that does not become Ready by waiting.</summary>
    public static bool IsStuck(string state) =>
        Stuck.Contains(state, StringComparer.OrdinalIgnoreCase) || ArmStates.Of(state) is ArmState.Failed or ArmState.Canceled;

    /// <summary>When it was made; null where the service does not tell.</summary>
    public static DateTimeOffset? CreatedAt(JsonObject server) => ArmJson.Time(server["systemData"], "createdAt");

    /// <summary>The earliest time that it can be restored to; null for some minutes after it was made, and where it has no backups.</summary>
    public static DateTimeOffset? Earliest(JsonObject server) => ArmJson.Time(ArmJson.Properties(server)["backup"], "earliestRestoreDate");

    /// <summary>Whether it copies another one: <c>Replica</c>, or as PostgreSQL has it <c>AsyncReplica</c> and <c>GeoAsyncReplica</c>.</summary>
    public static bool IsReplica(JsonObject server) =>
        ArmJson.Text(ArmJson.Properties(server), "replicationRole") is { } role && role.EndsWith("Replica", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a replica copies; null if it does not tell.</summary>
    public static string? SourceId(JsonObject server) => ArmJson.Text(ArmJson.Properties(server), "sourceServerResourceId");

    /// <summary>Whether it is in a network of the customer's.</summary>
    public static bool IsPrivate(JsonObject server) => ArmJson.Text(ArmJson.Properties(server), "network", "delegatedSubnetResourceId") is not null;

    /// <summary>The user-assigned identities of a server, as they are set; null for none.</summary>
    public static JsonObject? UserIdentities(JsonObject server) =>
        server["identity"] is JsonObject identity && identity["userAssignedIdentities"] is JsonObject { Count: > 0 } users
            ? new JsonObject
            {
                ["type"] = "UserAssigned",
                ["userAssignedIdentities"] = new JsonObject(users.OrderBy(user => user.Key, StringComparer.Ordinal).Select(user => KeyValuePair.Create(user.Key, (JsonNode?)new JsonObject()))),
            }
            : null;

    /// <summary>Whether it has an identity of its own, which no other server can have.</summary>
    public static bool HasOwnIdentity(JsonObject server) =>
        ArmJson.Text(server, "identity", "type")?.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The given members of an object, without those that are not there.</summary>
    public static JsonObject Pick(JsonObject? from, IEnumerable<string> members) => new(
        members.Where(member => from?[member] is not null).Select(member => KeyValuePair.Create(member, from![member]!.DeepClone()))!);
}
