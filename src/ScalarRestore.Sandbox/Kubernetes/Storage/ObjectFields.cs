using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>The metadata fields that every Kubernetes object carries.</summary>
internal static class ObjectFields
{
    public static JsonObject Metadata(this JsonObject item) => item.Ensure("metadata");

    public static string Name(this JsonObject item) => item.TextAt("metadata", "name") ?? "";

    public static string Namespace(this JsonObject item) => item.TextAt("metadata", "namespace") ?? "";

    public static string Uid(this JsonObject item) => item.TextAt("metadata", "uid") ?? "";

    public static string ResourceVersion(this JsonObject item) => item.TextAt("metadata", "resourceVersion") ?? "";

    public static bool IsTerminating(this JsonObject item) => item.At("metadata", "deletionTimestamp") is not null;

    public static string? Label(this JsonObject item, string key) => item.TextAt("metadata", "labels", key);

    public static string? Annotation(this JsonObject item, string key) => item.TextAt("metadata", "annotations", key);

    public static bool HasFinalizers(this JsonObject item) => item.TextsAt("metadata", "finalizers").Any();

    /// <summary>The uid of the controlling owner.</summary>
    public static string? Controller(this JsonObject item) =>
        item.ItemsAt("metadata", "ownerReferences").FirstOrDefault(owner => owner.FlagAt("controller")).TextAt("uid");

    /// <summary>A condition's status, or null.</summary>
    public static string? Condition(this JsonObject item, string type) =>
        item.ItemsAt("status", "conditions").FirstOrDefault(condition => condition.TextAt("type") == type).TextAt("status");

    /// <summary>Sets a condition, keeping its transition time where the status stays.</summary>
    public static void SetCondition(
        this JsonObject status,
        string type,
        bool value,
        string? reason,
        string? message,
        DateTimeOffset now,
        bool updateTime = false)
    {
        if (status["conditions"] is not JsonArray conditions)
        {
            conditions = [];
            status["conditions"] = conditions;
        }

        var old = conditions.OfType<JsonObject>().FirstOrDefault(condition => condition.TextAt("type") == type);
        var text = value ? "True" : "False";
        var made = new JsonObject { ["type"] = type, ["status"] = text };
        if (updateTime)
        {
            var same = old.TextAt("reason") == reason && old.TextAt("status") == text && old.TextAt("message") == message;
            made["lastUpdateTime"] = same ? old.TextAt("lastUpdateTime") : now.Stamp();
        }

        made["lastTransitionTime"] = old.TextAt("status") == text ? old.TextAt("lastTransitionTime") : now.Stamp();
        if (reason is not null)
        {
            made["reason"] = reason;
        }

        if (message is not null)
        {
            made["message"] = message;
        }

        if (old is null)
        {
            conditions.Add(made);
        }
        else
        {
            conditions[conditions.IndexOf(old)] = made;
        }
    }
}
