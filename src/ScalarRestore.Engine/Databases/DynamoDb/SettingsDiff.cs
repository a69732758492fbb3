using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Compares a table's settings with those that were captured. Pure.</summary>
internal static class SettingsDiff
{
    private const string On = "on";

    /// <summary>What is not as it was, in the order in which it is to be put back.</summary>
    public static IReadOnlyList<Drift> Compare(TableFacts wanted, TableFacts actual, bool timeToLive)
    {
        var drifts = new List<Drift>();
        Add(Setting.Structure, "", wanted.Structure, actual.Structure);
        Add(Setting.PointInTimeRecovery, "", Recovery(wanted), Recovery(actual));
        Add(Setting.BillingMode, "", wanted.BillingMode, actual.BillingMode);
        CompareCapacity(drifts, wanted, actual);
        Add(Setting.TableClass, "", wanted.TableClass, actual.TableClass);
        Add(Setting.Encryption, "", wanted.KmsKeyArn ?? "", actual.KmsKeyArn ?? "");
        Add(Setting.Stream, "", wanted.StreamView ?? "", actual.StreamView ?? "");
        CompareMaps(drifts, Setting.Tags, wanted.Tags, actual.Tags);
        Add(Setting.ResourcePolicy, "", Canonical(wanted.Policy), Canonical(actual.Policy));
        Add(Setting.StreamPolicy, "", Canonical(Moved(wanted, actual)), Canonical(actual.StreamPolicy));
        CompareMaps(drifts, Setting.Kinesis, Prefixed(wanted.Kinesis), Prefixed(actual.Kinesis));
        CompareMaps(drifts, Setting.ContributorInsights, Prefixed(wanted.Insights), Prefixed(actual.Insights));
        if (timeToLive)
            Add(Setting.TimeToLive, "", wanted.TimeToLiveAttribute ?? "", actual.TimeToLiveAttribute ?? "");
        CompareBodies(drifts, Setting.ScalingPolicy, wanted.ScalingPolicies, actual.ScalingPolicies);
        CompareBodies(drifts, Setting.ScheduledAction, wanted.ScheduledActions, actual.ScheduledActions);
        CompareBodies(drifts, Setting.ScalingTarget, wanted.ScalingTargets, actual.ScalingTargets);
        Add(Setting.DeletionProtection, "", Word(wanted.DeletionProtection), Word(actual.DeletionProtection));
        drifts.Sort((a, b) => a.Setting.CompareTo(b.Setting));
        return drifts;

        void Add(Setting setting, string detail, string expected, string found)
        {
            if (expected != found)
                drifts.Add(new Drift(setting, detail, expected, found));
        }
    }

    /// <summary>The stream's policy as it must read on the new stream: it may name the stream that it belongs to.</summary>
    public static string? Moved(TableFacts wanted, TableFacts actual) =>
        wanted.StreamPolicy is { } policy && wanted.StreamArn is { } from && actual.StreamArn is { } to
            ? policy.Replace(from, to, StringComparison.Ordinal)
            : wanted.StreamPolicy;

    private static void CompareCapacity(List<Drift> drifts, TableFacts wanted, TableFacts actual)
    {
        One("", wanted.Capacity, actual.Capacity);
        foreach (var (name, capacity) in wanted.Indexes)
        {
            if (actual.Indexes.TryGetValue(name, out var found))
                One(name, capacity, found);
        }

        void One(string index, Capacity want, Capacity have)
        {
            // While the billing mode differs there is no throughput to compare; putting the mode back sets it.
            if (wanted.BillingMode == actual.BillingMode && (want.Read != have.Read || want.Write != have.Write))
                drifts.Add(new Drift(Setting.Throughput, index, Pair(want.Read, want.Write), Pair(have.Read, have.Write)));
            if (want.MaxRead != have.MaxRead || want.MaxWrite != have.MaxWrite)
                drifts.Add(new Drift(Setting.OnDemandLimit, index, Pair(want.MaxRead, want.MaxWrite), Pair(have.MaxRead, have.MaxWrite)));

            // Warmth only ever grows, so that more than there was is no fault.
            if (want.WarmRead > (have.WarmRead ?? 0) || want.WarmWrite > (have.WarmWrite ?? 0))
                drifts.Add(new Drift(Setting.WarmThroughput, index, Pair(want.WarmRead, want.WarmWrite), Pair(have.WarmRead, have.WarmWrite)));
        }
    }

    private static void CompareMaps(
        List<Drift> drifts, Setting setting, IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> actual)
    {
        foreach (var key in wanted.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (expected, found) = (wanted.GetValueOrDefault(key, ""), actual.GetValueOrDefault(key, ""));
            if (expected != found || wanted.ContainsKey(key) != actual.ContainsKey(key))
                drifts.Add(new Drift(setting, key, expected, found));
        }
    }

    private static void CompareBodies(List<Drift> drifts, Setting setting, IReadOnlyList<JsonObject> wanted, IReadOnlyList<JsonObject> actual) =>
        CompareMaps(drifts, setting, ByKey(wanted), ByKey(actual));

    private static Dictionary<string, string> ByKey(IReadOnlyList<JsonObject> bodies) =>
        bodies.ToDictionary(ScalingFacts.KeyOf, b => CanonicalNode(b)!.ToJsonString(), StringComparer.Ordinal);

    private static Dictionary<string, string> Prefixed(IReadOnlyDictionary<string, string> map) =>
        map.ToDictionary(p => p.Key, p => p.Value.Length == 0 ? On : p.Value, StringComparer.Ordinal);

    private static string Recovery(TableFacts facts) =>
        facts.PointInTimeRecovery ? string.Create(CultureInfo.InvariantCulture, $"on, {facts.RecoveryDays ?? 35} days") : "off";

    private static string Word(bool value) => value ? On : "off";

    private static string Pair(long? read, long? write) =>
        read is null && write is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{read?.ToString(CultureInfo.InvariantCulture) ?? "-"}/{write?.ToString(CultureInfo.InvariantCulture) ?? "-"}");

    // Policies are compared as trees: the service keeps neither blanks nor the order of keys.
    private static string Canonical(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return "";
        try
        {
            return CanonicalNode(JsonNode.Parse(json))?.ToJsonString() ?? "";
        }
        catch (JsonException)
        {
            return json;
        }
    }

    // 70, 70.0 and 7E1 are one number.
    private static JsonValue Number(JsonValue number) =>
        decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? JsonValue.Create(value / 1.0000000000000000000000000000m)
            : (JsonValue)number.DeepClone();

    private static JsonNode? CanonicalNode(JsonNode? node) => node switch
    {
        JsonObject body => new JsonObject(body.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, CanonicalNode(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(CanonicalNode)]),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => Number(number),
        _ => node?.DeepClone(),
    };
}
