using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Ensures that the copy exists: the live table as of the restore point, under a name of the run.</summary>
internal sealed class CopyHandler(HandlerServices services) : TableHandler<CopyInput>("dynamodb.copy", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<CopyInput> step, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var startedAt = await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"the restore of {input.Table.Name} to {input.CopyName} to be taken on", input.Table.Arn) with { Interval = Timings.Poll },
            token => BeginAsync(step, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        var copy = await ReadyAsync(step, input.CopyName, startedAt, cancellationToken).ConfigureAwait(false);
        return IsOurs(copy, input)
            ? new MadeTable(copy.TableName, copy.TableArn, copy.TableId, step.Context.Poller.Clock.GetUtcNow())
            : throw NotOurs(copy, step);
    }

    /// <summary>Whether a table is the copy of this run: made from the live table, to the very second.</summary>
    public static bool IsOurs(TableDescription table, CopyInput input) =>
        table.RestoreSummary is { } summary
        && summary.SourceTableArn == input.Table.Arn
        && summary.RestoreDateTime is { } time
        && AwsTime.ToUtc(time) == input.RestoreTime;

    private static async Task<Observation<DateTimeOffset?>> BeginAsync(TableStep<CopyInput> step, CancellationToken cancellationToken)
    {
        var (input, service) = (step.Input, step.Clients.DynamoDb);
        if (await service.DescribeTableAsync(input.CopyName, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            return IsOurs(existing, input)
                ? new Observation<DateTimeOffset?>(Done: true, "found", existing.CreationDateTime is { } at ? AwsTime.ToUtc(at) : null)
                : throw NotOurs(existing, step);
        }

        // A plan may lie for a day between its making and its running.
        var live = await service.DescribeTableAsync(input.Table.Name, cancellationToken).ConfigureAwait(false) ?? throw Vanished(input.Table.Name, step);
        if (live.TableId != input.Table.Id)
            throw IdentityChanged(step, live.TableId);
        if (await WaitForWindowAsync(step, cancellationToken).ConfigureAwait(false) is { } wait)
            return new Observation<DateTimeOffset?>(Done: false, wait, Value: null);

        try
        {
            var made = await service.RestoreToPointInTimeAsync(
                new RestoreTableToPointInTimeRequest
                {
                    SourceTableName = input.Table.Name,
                    TargetTableName = input.CopyName,
                    RestoreDateTime = input.RestoreTime.UtcDateTime,
                },
                cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(made.TableArn, cancellationToken).ConfigureAwait(false);
            return new Observation<DateTimeOffset?>(Done: true, "CREATING", step.Context.Poller.Clock.GetUtcNow());
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<DateTimeOffset?>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: null);
        }
    }

    /// <summary>What to wait for until the restore point can be restored to; null if it can be now.</summary>
    private static async Task<string?> WaitForWindowAsync(TableStep<CopyInput> step, CancellationToken cancellationToken)
    {
        var (input, service) = (step.Input, step.Clients.DynamoDb);
        var backups = await service.DescribeContinuousBackupsAsync(input.Table.Name, cancellationToken).ConfigureAwait(false);
        var window = backups.PointInTimeRecoveryDescription;
        if (!TableReader.IsRecoverable(backups))
        {
            throw new RestoreException(
                "PointInTimeRecoveryOff",
                FaultCategory.InvalidOperation,
                $"Point-in-time recovery of {input.Table.Name} in {step.Place} has been switched off since the plan was made.",
                input.Table.Arn,
                "Without it the table cannot be restored; its last on-demand backup is all there is.");
        }

        if (window.EarliestRestorableDateTime is { } earliest && input.RestoreTime < AwsTime.ToUtc(earliest))
            throw CaptureFaults.TooEarly(input.Table.Name, step.Place, input.Table.Arn, input.RestoreTime, AwsTime.ToUtc(earliest));
        return window.LatestRestorableDateTime is { } latest && AwsTime.ToUtc(latest) < input.RestoreTime
            ? $"restore point becomes restorable in about {Math.Ceiling((input.RestoreTime - AwsTime.ToUtc(latest)).TotalSeconds)} s"
            : null;
    }

    private static RestoreException NotOurs(TableDescription table, TableStep<CopyInput> step) => new(
        "CopyNameTaken",
        FaultCategory.ResourceExists,
        $"Table {table.TableName} in {step.Place} exists, but is not the copy of {step.Input.Table.Name} as of {step.Input.RestoreTime.UtcDateTime:u} that this run would have made.",
        table.TableArn,
        $"If the table is not needed, delete it and go on with: {Resume(step)} Otherwise: {Again}");
}
