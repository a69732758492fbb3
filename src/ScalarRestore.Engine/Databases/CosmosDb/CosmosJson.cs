using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Reads the descriptions of accounts.</summary>
internal static class CosmosJson
{
    /// <summary>The regions of an account, the one that is written to first.</summary>
    public static IReadOnlyList<JsonObject> Locations(JsonObject resource) =>
        [.. ArmJson.Objects(ArmJson.Properties(resource), "locations").OrderBy(location => (int?)location["failoverPriority"] ?? int.MaxValue)];

    /// <summary>The level of consistency that clients get unless they ask for a weaker one.</summary>
    public static string? Consistency(JsonObject resource) => ArmJson.Text(ArmJson.Properties(resource), "consistencyPolicy", "defaultConsistencyLevel");

    /// <summary>Host and port of the endpoint that clients use; null while there is none.</summary>
    public static string? Endpoint(JsonObject resource) => ArmJson.Text(ArmJson.Properties(resource), "documentEndpoint");
}
