using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Reads parameters, which the services call configurations. Those of MySQL write what is true or false as a text.</summary>
internal static class ServerParameters
{
    private const string UserOverride = "user-override";

    /// <summary>Those that somebody has set, and that can be set.</summary>
    public static IReadOnlyDictionary<string, string> SetByUser(IEnumerable<JsonObject> configurations) => new SortedDictionary<string, string>(
        configurations.Where(one => IsSetByUser(one) && !IsTrue(one, "isReadOnly") && Value(one) is not null).ToDictionary(one => ArmJson.Text(one, "name")!, one => Value(one)!, StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Those of some that have another value, or none.</summary>
    public static IReadOnlyDictionary<string, string> Different(IReadOnlyDictionary<string, string> wanted, IReadOnlyList<JsonObject> now)
    {
        var values = now.Where(one => ArmJson.Text(one, "name") is not null).ToDictionary(one => ArmJson.Text(one, "name")!, Value, StringComparer.OrdinalIgnoreCase);
        return new SortedDictionary<string, string>(
            wanted.Where(one => !string.Equals(values.GetValueOrDefault(one.Key), one.Value, StringComparison.OrdinalIgnoreCase)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The names of those whose value counts only after a restart.</summary>
    public static IReadOnlyList<string> Pending(IEnumerable<JsonObject> configurations) =>
        [.. configurations.Where(one => IsTrue(one, "isConfigPendingRestart")).Select(one => ArmJson.Text(one, "name")!).Order(StringComparer.Ordinal)];

    /// <summary>The body that sets one.</summary>
    public static JsonObject Body(string value) => new() { ["properties"] = Set(value) };

    /// <summary>The body that sets many. (MySQL resource provider, Configurations_BatchUpdate.)</summary>
    public static JsonObject Body(IReadOnlyDictionary<string, string> values) => new()
    {
        ["value"] = new JsonArray([.. values.Select(one => new JsonObject { ["name"] = one.Key, ["properties"] = Set(one.Value) })]),
        ["resetAllToDefault"] = "False",
    };

    // An empty text is a value here.
    private static string? Value(JsonObject configuration) =>
        ArmJson.Properties(configuration)["value"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool IsSetByUser(JsonObject configuration) =>
        string.Equals(ArmJson.Text(configuration, "properties", "source"), UserOverride, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(JsonObject configuration, string name) => string.Equals(ArmJson.Properties(configuration)[name]?.ToString(), "true", StringComparison.OrdinalIgnoreCase);

    private static JsonObject Set(string value) => new() { ["value"] = value, ["source"] = UserOverride };
}
