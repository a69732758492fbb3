using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>
/// Ensures that the restored table has the settings that were captured. Each round looks, puts back what differs in a fixed order, and looks
/// again; what the service refuses is listed as drift, and the rest goes on.
/// </summary>
internal sealed class ReapplyHandler(HandlerServices services) : TableHandler<ReapplyInput>("dynamodb.reapply", services)
{
    /// <summary>A setting that does not stay put after this many tries is drift.</summary>
    private const int MostTries = 4;

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<ReapplyInput> step, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var progress = new Progress();
        var facts = await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"the settings of {input.Table.Name} to be back", input.Table.Arn),
            token => AdvanceAsync(step, progress, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);

        var drift = progress.Left.Select(d => progress.Refused.TryGetValue(d.Setting, out var why) ? $"{d} ({why})" : d.ToString()).ToList();
        if (input.Facts.TimeToLiveAttribute is { } attribute && input.SkipTimeToLive)
            drift.Add($"{Setting.TimeToLive}: {attribute} left off as asked");
        if (drift.Count > 0)
            step.Context.Warn($"{input.Table.Name}: {drift.Count} settings are not as before: {string.Join("; ", drift)}");
        WarnOfStream(step, facts);
        return new ReappliedSettings
        {
            TableId = progress.TableId,
            Applied = [.. progress.Tries.Keys.Order().Select(s => s.ToString())],
            Drift = drift,
            OldStreamArn = input.Facts.StreamArn,
            NewStreamArn = facts!.StreamArn,
        };
    }

    private static async Task<Observation<TableFacts?>> AdvanceAsync(TableStep<ReapplyInput> step, Progress progress, CancellationToken cancellationToken)
    {
        var (input, service) = (step.Input, step.Clients.DynamoDb);
        var table = await service.DescribeTableAsync(input.Table.Name, cancellationToken).ConfigureAwait(false) ?? throw Vanished(input.Table.Name, step);
        RequireRestored(step, table);
        progress.TableId = table.TableId;
        if (!TableShape.IsReady(table))
            return new Observation<TableFacts?>(Done: false, TableShape.Status(table), Value: null);

        var facts = await ReadAsync(step, table, cancellationToken).ConfigureAwait(false);
        progress.Left = Relevant(SettingsDiff.Compare(input.Facts, facts, timeToLive: false), input.Facts, facts);
        var open = progress.Left.Where(d => d.Setting != Setting.Structure && !progress.IsGivenUp(d.Setting)).GroupBy(d => d.Setting).ToList();
        if (open.Count == 0)
            return new Observation<TableFacts?>(Done: true, "settings compared", facts);

        var applier = new SettingsApplier(step.Clients, input.Table, input.Facts);
        foreach (var group in open)
        {
            if (!await TryAsync(applier, group.Key, [.. group], facts, progress, cancellationToken).ConfigureAwait(false))
                break;
        }

        return new Observation<TableFacts?>(Done: false, $"{open.Count} settings to put back", Value: null);
    }

    /// <summary>Puts one kind of setting back; false if the table must come to rest before the next.</summary>
    private static async Task<bool> TryAsync(
        SettingsApplier applier, Setting setting, IReadOnlyList<Drift> drifts, TableFacts facts, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            await applier.ApplyAsync(setting, drifts, facts, cancellationToken).ConfigureAwait(false);
            progress.Tries[setting] = progress.Tries.GetValueOrDefault(setting) + 1;
            return !IsTableUpdate(setting);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return false;
        }
        catch (RestoreException fault) when (fault.Category is not (FaultCategory.PermissionDenied or FaultCategory.AuthenticationError))
        {
            progress.Refused[setting] = string.Create(CultureInfo.InvariantCulture, $"refused: {fault.ServiceCode ?? fault.Id}: {fault.InnerException?.Message}");
            return true;
        }
    }

    // One kind of change a call, and none while the table is UPDATING.
    private static bool IsTableUpdate(Setting setting) => setting is Setting.BillingMode or Setting.Throughput or Setting.OnDemandLimit or Setting.WarmThroughput
        or Setting.TableClass or Setting.Encryption or Setting.Stream or Setting.DeletionProtection;

    // Once scaling is back at work, the throughput is its business as long as it stays within its bounds.
    private static IReadOnlyList<Drift> Relevant(IReadOnlyList<Drift> drifts, TableFacts wanted, TableFacts actual) =>
        wanted.ScalingTargets.Count == 0 || drifts.Any(d => d.Setting is Setting.ScalingTarget or Setting.BillingMode)
            ? drifts
            : [.. drifts.Where(d => d.Setting != Setting.Throughput || !ScalingBounds.Hold(wanted, actual, d.Detail))];

    private static async Task<TableFacts> ReadAsync(TableStep<ReapplyInput> step, TableDescription table, CancellationToken cancellationToken)
    {
        var wanted = step.Input.Facts;
        var parts = FactParts.None
            | If(wanted.Tags.Count > 0, FactParts.Tags)
            | If(wanted.Kinesis.Count > 0, FactParts.Kinesis)
            | If(wanted.Insights.Count > 0, FactParts.Insights)
            | If(wanted.Policy is not null, FactParts.Policy)
            | If(wanted.StreamPolicy is not null, FactParts.StreamPolicy)
            | If(wanted.ScalingTargets.Count > 0, FactParts.Scaling);
        var backups = await step.Clients.DynamoDb.DescribeContinuousBackupsAsync(table.TableName, cancellationToken).ConfigureAwait(false);
        return await new TableReader(step.Clients).ReadAsync(table, backups, parts, scaling: null, cancellationToken).ConfigureAwait(false);

        // A restore drops these, so that what was not there before need not be asked for.
        static FactParts If(bool captured, FactParts part) => captured ? part : FactParts.None;
    }

    private static void WarnOfStream(TableStep<ReapplyInput> step, TableFacts? facts)
    {
        if (step.Input.Facts.StreamArn is { } old && facts?.StreamArn is { } made && made != old)
            step.Context.Warn($"{step.Input.Table.Name} has a new stream. Point its readers (Lambda event source mappings, Kinesis adapters) from {old} to {made}.");
    }

    private sealed class Progress
    {
        public Dictionary<Setting, int> Tries { get; } = [];

        public Dictionary<Setting, string> Refused { get; } = [];

        public string TableId { get; set; } = "";

        public IReadOnlyList<Drift> Left { get; set; } = [];

        public bool IsGivenUp(Setting setting) => Refused.ContainsKey(setting) || Tries.GetValueOrDefault(setting) >= MostTries;
    }
}
