using System.Globalization;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>
/// Ensures that the restored table has the settings that were captured. Each round looks at what is not known to be right, and puts back what
/// differs in a fixed order; the last look is at all of them. What the service refuses is listed as drift, and the rest goes on.
/// </summary>
internal sealed class ReapplyHandler(HandlerServices services) : TableHandler<ReapplyInput>("dynamodb.reapply", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<ReapplyInput> step, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var progress = new ReapplyProgress();
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

    private static async Task<Observation<TableFacts?>> AdvanceAsync(TableStep<ReapplyInput> step, ReapplyProgress progress, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var table = await step.Clients.DynamoDb.DescribeTableAsync(input.Table.Name, cancellationToken).ConfigureAwait(false) ?? throw Vanished(input.Table.Name, step);
        RequireRestored(step, table);
        progress.TableId = table.TableId;
        if (!TableShape.IsReady(table))
            return new Observation<TableFacts?>(Done: false, TableShape.Status(table), Value: null);

        var now = step.Context.Poller.Clock.GetUtcNow();
        var look = new SettingsLook(step.Clients, input.Facts);
        progress.Facts = await look.AtAsync(table, progress.Facts, progress.NextLook(now), cancellationToken).ConfigureAwait(false);
        var open = Open(input.Facts, progress, now);
        if (open.Count == 0)
        {
            // Only now is it worth asking for everything once more.
            progress.Facts = await look.AtAllAsync(table, cancellationToken).ConfigureAwait(false);
            open = Open(input.Facts, progress, now);
        }

        if (open.Count == 0)
            return new Observation<TableFacts?>(Done: true, "settings compared", progress.Facts.Facts);

        var applier = new SettingsApplier(step.Clients, input.Table, input.Facts);
        foreach (var group in open.GroupBy(d => d.Setting))
        {
            var goesOn = progress.IsSettling(group.Key, now)
                ? !IsTableUpdate(group.Key)
                : await TryAsync(applier, group.Key, [.. group], progress, now, cancellationToken).ConfigureAwait(false);
            if (!goesOn)
                break;
        }

        progress.Open = [.. open.Select(d => d.Setting).Distinct()];
        return new Observation<TableFacts?>(Done: false, $"{progress.Open.Count} settings to put back", Value: null);
    }

    /// <summary>What differs and may still be put back.</summary>
    private static List<Drift> Open(TableFacts wanted, ReapplyProgress progress, DateTimeOffset now)
    {
        var actual = progress.Facts!.Facts;
        progress.Left = Relevant(SettingsDiff.Compare(wanted, actual, timeToLive: false), wanted, actual);
        return [.. progress.Left.Where(d => d.Setting != Setting.Structure && !progress.IsGivenUp(d.Setting, now))];
    }

    /// <summary>Puts one kind of setting back; false if the table must come to rest before the next.</summary>
    private static async Task<bool> TryAsync(
        SettingsApplier applier, Setting setting, IReadOnlyList<Drift> drifts, ReapplyProgress progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await applier.ApplyAsync(setting, drifts, progress.Facts!.Facts, cancellationToken).ConfigureAwait(false);
            progress.TakenOn(setting, now);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            // A table that cannot be backed up yet can be tagged.
        }
        catch (RestoreException fault) when (fault.Category is not (FaultCategory.PermissionDenied or FaultCategory.AuthenticationError))
        {
            progress.Refused[setting] = string.Create(CultureInfo.InvariantCulture, $"refused: {fault.ServiceCode ?? fault.Id}: {fault.InnerException?.Message}");
            return true;
        }

        return !IsTableUpdate(setting);
    }

    // One kind of change a call, and none while the table is UPDATING.
    private static bool IsTableUpdate(Setting setting) => setting is Setting.BillingMode or Setting.Throughput or Setting.OnDemandLimit or Setting.WarmThroughput
        or Setting.TableClass or Setting.Encryption or Setting.Stream or Setting.DeletionProtection;

    // Once scaling is back at work, the throughput is its business as long as it stays within its bounds.
    private static IReadOnlyList<Drift> Relevant(IReadOnlyList<Drift> drifts, TableFacts wanted, TableFacts actual) =>
        wanted.ScalingTargets.Count == 0 || drifts.Any(d => d.Setting is Setting.ScalingTarget or Setting.BillingMode)
            ? drifts
            : [.. drifts.Where(d => d.Setting != Setting.Throughput || !ScalingBounds.Hold(wanted, actual, d.Detail))];

    private static void WarnOfStream(TableStep<ReapplyInput> step, TableFacts? facts)
    {
        if (step.Input.Facts.StreamArn is { } old && facts?.StreamArn is { } made && made != old)
            step.Context.Warn($"{step.Input.Table.Name} has a new stream. Point its readers (Lambda event source mappings, Kinesis adapters) from {old} to {made}.");
    }
}
