using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases;

/// <summary>Automatic scaling of tables, indexes and clusters, as requests that would put it back.</summary>
internal sealed record ScalingFacts
{
    private static readonly string[] TargetFields =
        ["ServiceNamespace", "ResourceId", "ScalableDimension", "MinCapacity", "MaxCapacity", "SuspendedState"];

    private static readonly string[] PolicyFields =
    [
        "PolicyName", "ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyType", "TargetTrackingScalingPolicyConfiguration",
        "StepScalingPolicyConfiguration", "PredictiveScalingPolicyConfiguration",
    ];

    private static readonly string[] ActionFields =
    [
        "ServiceNamespace", "ScheduledActionName", "ResourceId", "ScalableDimension", "Schedule", "Timezone", "StartTime", "EndTime", "ScalableTargetAction",
    ];

    /// <summary>Scalable targets.</summary>
    public IReadOnlyList<JsonObject> Targets { get; init; } = [];

    /// <summary>Policies.</summary>
    public IReadOnlyList<JsonObject> Policies { get; init; } = [];

    /// <summary>Scheduled actions.</summary>
    public IReadOnlyList<JsonObject> Actions { get; init; } = [];

    /// <summary>Everything of the account and region, in as few calls as there are pages.</summary>
    public static async Task<ScalingFacts> ReadAllAsync(ScalingService scaling, CancellationToken cancellationToken)
    {
        var targets = await scaling.DescribeTargetsAsync(resourceId: null, cancellationToken).ConfigureAwait(false);
        return targets.Count == 0
            ? new ScalingFacts()
            : new ScalingFacts
            {
                Targets = Reduce(targets, TargetFields),
                Policies = Reduce(await scaling.DescribePoliciesAsync(resourceId: null, cancellationToken).ConfigureAwait(false), PolicyFields),
                Actions = Reduce(await scaling.DescribeScheduledActionsAsync(resourceId: null, cancellationToken).ConfigureAwait(false), ActionFields),
            };
    }

    /// <summary>Everything of the given resources.</summary>
    public static async Task<ScalingFacts> ReadAsync(ScalingService scaling, IEnumerable<string> resourceIds, CancellationToken cancellationToken)
    {
        var (targets, policies, actions) = (new List<JsonObject>(), new List<JsonObject>(), new List<JsonObject>());
        foreach (var resource in resourceIds)
        {
            targets.AddRange(await scaling.DescribeTargetsAsync(resource, cancellationToken).ConfigureAwait(false));
            policies.AddRange(await scaling.DescribePoliciesAsync(resource, cancellationToken).ConfigureAwait(false));
            actions.AddRange(await scaling.DescribeScheduledActionsAsync(resource, cancellationToken).ConfigureAwait(false));
        }

        return new ScalingFacts { Targets = Reduce(targets, TargetFields), Policies = Reduce(policies, PolicyFields), Actions = Reduce(actions, ActionFields) };
    }

    /// <summary>What belongs to one table and its indexes. A table's resource id is a prefix of its indexes' ids, so ids are compared as a whole.</summary>
    public ScalingFacts Of(string table, IEnumerable<string> indexes)
    {
        var ids = ResourceIds(table, indexes).ToHashSet(StringComparer.Ordinal);
        return new ScalingFacts { Targets = Pick(Targets), Policies = Pick(Policies), Actions = Pick(Actions) };

        IReadOnlyList<JsonObject> Pick(IReadOnlyList<JsonObject> all) => [.. all.Where(o => ids.Contains(Text(o, "ResourceId")))];
    }

    /// <summary>The resource ids of a table and its indexes.</summary>
    public static IEnumerable<string> ResourceIds(string table, IEnumerable<string> indexes) =>
        indexes.Select(i => $"table/{table}/index/{i}").Prepend($"table/{table}");

    /// <summary>A field's text; empty if it is not there.</summary>
    public static string Text(JsonObject body, string field) => body[field]?.ToString() ?? "";

    /// <summary>What names a target, a policy or an action among its like.</summary>
    public static string KeyOf(JsonObject body) =>
        string.Join('|', Text(body, "ResourceId"), Text(body, "ScalableDimension"), Text(body, "PolicyName"), Text(body, "ScheduledActionName"));

    // The describe calls add ids, alarms and times that the put calls refuse.
    private static IReadOnlyList<JsonObject> Reduce(IReadOnlyList<JsonObject> bodies, string[] fields) =>
    [
        .. bodies
            .Select(body => new JsonObject(fields.Where(f => body[f] is not null).Select(f => KeyValuePair.Create(f, body[f]?.DeepClone()))))
            .DistinctBy(KeyOf, StringComparer.Ordinal)
            .OrderBy(KeyOf, StringComparer.Ordinal),
    ];
}
