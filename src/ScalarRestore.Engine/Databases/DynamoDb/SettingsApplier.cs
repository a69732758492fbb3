using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Puts one setting back. It sends what is asked for and waits for nothing; the caller looks again.</summary>
internal sealed class SettingsApplier(AwsClients clients, TableIdentity table, TableFacts wanted)
{
    /// <summary>Puts one kind of setting back.</summary>
    /// <param name="setting">Which.</param>
    /// <param name="drifts">All that differs in it.</param>
    /// <param name="actual">The table as it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task ApplyAsync(Setting setting, IReadOnlyList<Drift> drifts, TableFacts actual, CancellationToken cancellationToken) => setting switch
    {
        Setting.PointInTimeRecovery when wanted.PointInTimeRecovery =>
            clients.DynamoDb.EnablePointInTimeRecoveryAsync(table.Name, wanted.RecoveryDays, cancellationToken),
        Setting.BillingMode => UpdateAsync(BillingMode, cancellationToken),
        Setting.Throughput => UpdateAsync(r => Throughput(r, drifts), cancellationToken),
        Setting.OnDemandLimit => UpdateAsync(r => OnDemand(r, drifts), cancellationToken),
        Setting.WarmThroughput => UpdateAsync(r => Warm(r, drifts), cancellationToken),
        Setting.TableClass => UpdateAsync(r => r.TableClass = wanted.TableClass, cancellationToken),
        Setting.Encryption => UpdateAsync(Encryption, cancellationToken),
        Setting.Stream => UpdateAsync(Stream, cancellationToken),
        Setting.Tags => TagAsync(drifts, cancellationToken),
        Setting.ResourcePolicy when wanted.Policy is not null => clients.DynamoDb.PutResourcePolicyAsync(table.Arn, wanted.Policy, cancellationToken),
        Setting.StreamPolicy when wanted.StreamPolicy is not null && actual.StreamArn is not null =>
            clients.DynamoDb.PutResourcePolicyAsync(actual.StreamArn, SettingsDiff.Moved(wanted, actual)!, cancellationToken),
        Setting.Kinesis => KinesisAsync(drifts, cancellationToken),
        Setting.ContributorInsights => InsightsAsync(drifts, cancellationToken),
        Setting.TimeToLive when wanted.TimeToLiveAttribute is not null =>
            clients.DynamoDb.EnableTimeToLiveAsync(table.Name, wanted.TimeToLiveAttribute, cancellationToken),
        Setting.ScalingPolicy or Setting.ScheduledAction or Setting.ScalingTarget => ScaleAsync(setting, drifts, actual, cancellationToken),
        Setting.DeletionProtection => UpdateAsync(r => r.DeletionProtectionEnabled = wanted.DeletionProtection, cancellationToken),
        _ => Task.CompletedTask,
    };

    private Task UpdateAsync(Action<UpdateTableRequest> fill, CancellationToken cancellationToken)
    {
        var request = new UpdateTableRequest { TableName = table.Name };
        fill(request);
        return clients.DynamoDb.UpdateTableAsync(request, cancellationToken);
    }

    private void BillingMode(UpdateTableRequest request)
    {
        request.BillingMode = wanted.BillingMode;
        if (wanted.BillingMode != "PROVISIONED")
            return;
        request.ProvisionedThroughput = Provisioned(wanted.Capacity);
        request.GlobalSecondaryIndexUpdates = Null([.. wanted.Indexes.Select(i => Update(i.Key, u => u.ProvisionedThroughput = Provisioned(i.Value)))]);
    }

    private void Throughput(UpdateTableRequest request, IReadOnlyList<Drift> drifts)
    {
        if (Concerns(drifts, ""))
            request.ProvisionedThroughput = Provisioned(wanted.Capacity);
        request.GlobalSecondaryIndexUpdates = Indexes(drifts, (u, capacity) => u.ProvisionedThroughput = Provisioned(capacity));
    }

    private void OnDemand(UpdateTableRequest request, IReadOnlyList<Drift> drifts)
    {
        if (Concerns(drifts, ""))
            request.OnDemandThroughput = Limits(wanted.Capacity);
        request.GlobalSecondaryIndexUpdates = Indexes(drifts, (u, capacity) => u.OnDemandThroughput = Limits(capacity));
    }

    private void Warm(UpdateTableRequest request, IReadOnlyList<Drift> drifts)
    {
        if (Concerns(drifts, ""))
            request.WarmThroughput = Warmth(wanted.Capacity);
        request.GlobalSecondaryIndexUpdates = Indexes(drifts, (u, capacity) => u.WarmThroughput = Warmth(capacity));
    }

    private void Encryption(UpdateTableRequest request) =>
        request.SSESpecification = wanted.KmsKeyArn is { } key
            ? new SSESpecification { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = key }
            : new SSESpecification { Enabled = false };

    private void Stream(UpdateTableRequest request) =>
        request.StreamSpecification = wanted.StreamView is { } view
            ? new StreamSpecification { StreamEnabled = true, StreamViewType = view }
            : new StreamSpecification { StreamEnabled = false };

    private Task TagAsync(IReadOnlyList<Drift> drifts, CancellationToken cancellationToken)
    {
        var missing = drifts.Where(d => wanted.Tags.ContainsKey(d.Detail)).ToDictionary(d => d.Detail, d => d.Expected, StringComparer.Ordinal);
        return missing.Count == 0 ? Task.CompletedTask : clients.DynamoDb.TagAsync(table.Arn, missing, cancellationToken);
    }

    private async Task KinesisAsync(IReadOnlyList<Drift> drifts, CancellationToken cancellationToken)
    {
        foreach (var arn in drifts.Select(d => d.Detail).Where(wanted.Kinesis.ContainsKey))
        {
            var precision = wanted.Kinesis[arn];
            await clients.DynamoDb.EnableKinesisAsync(table.Name, arn, precision.Length == 0 ? null : precision, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task InsightsAsync(IReadOnlyList<Drift> drifts, CancellationToken cancellationToken)
    {
        foreach (var index in drifts.Select(d => d.Detail).Where(wanted.Insights.ContainsKey))
        {
            var mode = wanted.Insights[index];
            await clients.DynamoDb.EnableInsightsAsync(table.Name, index.Length == 0 ? null : index, mode.Length == 0 ? null : mode, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A scalable target, told not to scale.</summary>
    public static JsonObject Suspended(JsonObject target)
    {
        var body = (JsonObject)target.DeepClone();
        body["SuspendedState"] = new JsonObject
        {
            ["DynamicScalingInSuspended"] = true,
            ["DynamicScalingOutSuspended"] = true,
            ["ScheduledScalingSuspended"] = true,
        };
        return body;
    }

    /// <summary>A scalable target as it was captured; one that does not say so is awake, since the service would leave it asleep.</summary>
    public static JsonObject Woken(JsonObject target)
    {
        var body = (JsonObject)target.DeepClone();
        body["SuspendedState"] ??= new JsonObject
        {
            ["DynamicScalingInSuspended"] = false,
            ["DynamicScalingOutSuspended"] = false,
            ["ScheduledScalingSuspended"] = false,
        };
        return body;
    }

    private async Task ScaleAsync(Setting setting, IReadOnlyList<Drift> drifts, TableFacts actual, CancellationToken cancellationToken)
    {
        var bodies = setting switch
        {
            Setting.ScalingPolicy => wanted.ScalingPolicies,
            Setting.ScheduledAction => wanted.ScheduledActions,
            _ => wanted.ScalingTargets,
        };
        foreach (var body in bodies.Where(b => drifts.Any(d => d.Detail == ScalingFacts.KeyOf(b))))
        {
            // A policy needs its target; should that be gone, it comes back asleep and is woken last.
            if (setting != Setting.ScalingTarget && Missing(body, actual) is { } target)
                await clients.Scaling.RegisterTargetAsync(Suspended(target), cancellationToken).ConfigureAwait(false);
            await (setting switch
            {
                Setting.ScalingPolicy => clients.Scaling.PutPolicyAsync(body, cancellationToken),
                Setting.ScheduledAction => clients.Scaling.PutScheduledActionAsync(body, cancellationToken),
                _ => clients.Scaling.RegisterTargetAsync(body, cancellationToken),
            }).ConfigureAwait(false);
        }
    }

    private JsonObject? Missing(JsonObject body, TableFacts actual)
    {
        return actual.ScalingTargets.Any(SameDimension) ? null : wanted.ScalingTargets.FirstOrDefault(SameDimension);

        bool SameDimension(JsonObject target) =>
            ScalingFacts.Text(target, "ResourceId") == ScalingFacts.Text(body, "ResourceId")
            && ScalingFacts.Text(target, "ScalableDimension") == ScalingFacts.Text(body, "ScalableDimension");
    }

    private List<GlobalSecondaryIndexUpdate>? Indexes(IReadOnlyList<Drift> drifts, Action<UpdateGlobalSecondaryIndexAction, Capacity> fill) =>
        Null([.. wanted.Indexes.Where(i => Concerns(drifts, i.Key)).Select(i => Update(i.Key, u => fill(u, i.Value)))]);

    private static GlobalSecondaryIndexUpdate Update(string index, Action<UpdateGlobalSecondaryIndexAction> fill)
    {
        var action = new UpdateGlobalSecondaryIndexAction { IndexName = index };
        fill(action);
        return new GlobalSecondaryIndexUpdate { Update = action };
    }

    private static bool Concerns(IReadOnlyList<Drift> drifts, string detail) => drifts.Any(d => d.Detail == detail);

    private static List<GlobalSecondaryIndexUpdate>? Null(List<GlobalSecondaryIndexUpdate> updates) => updates.Count == 0 ? null : updates;

    private static ProvisionedThroughput Provisioned(Capacity capacity) => new() { ReadCapacityUnits = capacity.Read, WriteCapacityUnits = capacity.Write };

    private static OnDemandThroughput Limits(Capacity capacity) => new() { MaxReadRequestUnits = capacity.MaxRead ?? -1, MaxWriteRequestUnits = capacity.MaxWrite ?? -1 };

    private static WarmThroughput Warmth(Capacity capacity) => new() { ReadUnitsPerSecond = capacity.WarmRead, WriteUnitsPerSecond = capacity.WarmWrite };
}
