using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Patches;

/// <summary>
/// Strategic merge patch for the built-in kinds: lists with a merge key merge item by item, others are replaced, and the
/// <c>$</c> directives steer both. No directive ever reaches the result.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string SetElementOrder = "$setElementOrder/";
    private const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    public static JsonObject Apply(JsonObject original, JsonObject patch, string kind) => MergeMap(original, patch, kind, "");

    /// <summary>The merge key of a list, or null where the list is replaced whole.</summary>
    /// <param name="kind">The kind of the object.</param>
    /// <param name="parent">The field that holds the map with the list.</param>
    /// <param name="field">The field that holds the list.</param>
    public static string? MergeKey(string kind, string parent, string field) => (field, parent) switch
    {
        ("containers" or "initContainers" or "ephemeralContainers" or "volumes" or "env", _) => "name",
        ("imagePullSecrets", _) => kind == "ServiceAccount" ? null : "name",
        ("secrets", _) when kind == "ServiceAccount" => "name",
        ("volumeMounts", _) => "mountPath",
        ("volumeDevices", _) => "devicePath",
        ("ports", "containers" or "initContainers") => "containerPort",
        ("ports", "spec") when kind == "Service" => "port",
        ("conditions", _) => "type",
        ("ownerReferences", _) => "uid",
        ("hostAliases" or "podIPs", _) => "ip",
        ("topologySpreadConstraints", _) => "topologyKey",
        _ => null,
    };

    private static JsonObject MergeMap(JsonObject? original, JsonObject patch, string kind, string parent)
    {
        switch (patch.TextAt(Directive))
        {
            case "replace":
                return (JsonObject)Clean(patch)!;
            case "delete":
                return [];
            case null or "merge":
                break;
            case var other:
                throw new PatchException($"Unknown patch type found: {other}", malformed: true);
        }

        var result = original?.Copy() ?? [];
        if (patch[RetainKeys] is JsonArray retained)
        {
            var keep = retained.Select(key => key.Text()).ToHashSet(StringComparer.Ordinal);
            foreach (var key in result.Select(entry => entry.Key).Where(key => !keep.Contains(key)).ToList())
            {
                result.Remove(key);
            }
        }

        foreach (var (key, value) in patch)
        {
            if (key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                RemoveItems(result, key[DeleteFromPrimitiveList.Length..], value);
            }
            else if (!key.StartsWith('$'))
            {
                Merge(result, key, value, kind, parent);
            }
        }

        foreach (var (key, value) in patch)
        {
            if (key.StartsWith(SetElementOrder, StringComparison.Ordinal) && value is JsonArray order)
            {
                var field = key[SetElementOrder.Length..];
                Reorder(result, original?[field] as JsonArray, field, order, MergeKey(kind, parent, field));
            }
        }

        return result;
    }

    private static void Merge(JsonObject result, string key, JsonNode? value, string kind, string parent)
    {
        switch (value)
        {
            case null:
                result.Remove(key);
                break;
            case JsonObject map:
                result[key] = result[key] is JsonObject present || map.ContainsKey(Directive)
                    ? MergeMap(result[key] as JsonObject, map, kind, key)
                    : Clean(map);
                break;
            case JsonArray list when MergeKey(kind, parent, key) is { } mergeKey:
                result[key] = MergeList(result[key] as JsonArray, list, mergeKey, kind, key);
                break;
            case JsonArray list when key == "finalizers":
                result[key] = Union(result[key] as JsonArray, list);
                break;
            default:
                result[key] = Clean(value);
                break;
        }
    }

    private static JsonArray MergeList(JsonArray? original, JsonArray patch, string mergeKey, string kind, string field)
    {
        var replaces = patch.Any(item => item.TextAt(Directive) == "replace");
        List<JsonObject> items = replaces || original is null ? [] : [.. original.OfType<JsonObject>().Select(item => item.Copy())];
        foreach (var item in patch.OfType<JsonObject>())
        {
            if (item.TextAt(Directive) == "replace" && item.Count == 1)
            {
                continue;
            }

            if (item[mergeKey] is not { } wanted)
            {
                throw new PatchException($"map: {item.ToJsonString()} does not contain declared merge key: {mergeKey}", malformed: false);
            }

            var at = items.FindIndex(present => JsonPaths.Same(present[mergeKey], wanted));
            if (item.TextAt(Directive) == "delete")
            {
                items.RemoveAll(present => JsonPaths.Same(present[mergeKey], wanted));
            }
            else if (at >= 0)
            {
                items[at] = MergeMap(items[at], item, kind, field);
            }
            else
            {
                items.Add(MergeMap(original: null, item, kind, field));
            }
        }

        return [.. items];
    }

    private static JsonArray Union(JsonArray? original, JsonArray patch)
    {
        JsonArray result = original is null ? [] : (JsonArray)original.DeepClone();
        foreach (var item in patch)
        {
            if (!result.Any(present => JsonPaths.Same(present, item)))
            {
                result.Add(item?.DeepClone());
            }
        }

        return result;
    }

    private static void RemoveItems(JsonObject result, string field, JsonNode? values)
    {
        if (result[field] is JsonArray list && values is JsonArray gone)
        {
            result[field] = new JsonArray([.. list.Where(item => !gone.Any(value => JsonPaths.Same(value, item))).Select(item => item?.DeepClone())]);
        }
    }

    /// <summary>
    /// Puts the named items in the order asked for. Items only the server has keep their place before those that they stood
    /// before until now, as the API server does.
    /// </summary>
    private static void Reorder(JsonObject result, JsonArray? before, string field, JsonArray order, string? mergeKey)
    {
        if (result[field] is not JsonArray list)
        {
            return;
        }

        string Key(JsonNode? item) => (mergeKey is null ? item : item.At(mergeKey)).Shown();
        var wanted = order.Select(Key).ToList();
        var server = before?.Select(Key).ToList() ?? [];
        var named = new Queue<JsonNode?>(list.Where(item => wanted.Contains(Key(item))).OrderBy(item => wanted.IndexOf(Key(item))));
        var others = new Queue<JsonNode?>(list.Where(item => !wanted.Contains(Key(item))).OrderBy(item => server.IndexOf(Key(item))));
        JsonArray sorted = [];
        while (named.Count + others.Count > 0)
        {
            var takeOther = named.Count == 0
                || (others.Count > 0 && server.Contains(Key(named.Peek())) && server.IndexOf(Key(others.Peek())) < server.IndexOf(Key(named.Peek())));
            sorted.Add((takeOther ? others : named).Dequeue()?.DeepClone());
        }

        result[field] = sorted;
    }

    /// <summary>A copy without directives and nulls.</summary>
    private static JsonNode? Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                JsonObject cleaned = [];
                foreach (var (key, value) in map)
                {
                    if (!key.StartsWith('$') && value is not null)
                    {
                        cleaned[key] = Clean(value);
                    }
                }

                return cleaned;
            case JsonArray list:
                return new JsonArray([.. list.Where(item => item.TextAt(Directive) is not "delete" and not "replace").Select(Clean)]);
            default:
                return node?.DeepClone();
        }
    }
}
