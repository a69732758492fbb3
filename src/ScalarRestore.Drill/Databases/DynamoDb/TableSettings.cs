using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>The settings of all tables in the sandbox's state, without what has to change: items, stream names, backups.</summary>
internal static class TableSettings
{
    /// <summary>Tables and scaling, as they are to be the same before and after.</summary>
    public static JsonNode Of(JsonObject state) => new JsonObject
    {
        ["dynamodb"] = Strip(state["dynamodb"]),
        ["scaling"] = Strip(state["scaling"]),
    };

    private static JsonNode? Strip(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(pair => !Changing.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, Strip(pair.Value)))),

        // It takes AWS up to an hour to get from one to the other, and nobody can hurry it.
        JsonValue scalar when scalar.TryGetValue<string>(out var text) && text == "ENABLING" => "ENABLED",
        JsonArray list => new JsonArray([.. list.Where(IsOfTables).Select(Strip)]),
        _ => node?.DeepClone(),
    };

    // Clusters scale by the same service.
    private static bool IsOfTables(JsonNode? node) => node is not JsonObject map || map["ServiceNamespace"] is not { } service || (string)service! == "dynamodb";

    private static readonly HashSet<string> Changing = new(StringComparer.Ordinal) { "backups", "items", "itemCount", "itemsSha256", "restoreSummary" };
}
