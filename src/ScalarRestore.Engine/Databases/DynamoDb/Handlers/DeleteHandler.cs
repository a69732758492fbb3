using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>
/// Ensures that the live table is gone. It is deleted only while its id is the captured one, the backup of its checked copy is AVAILABLE, and
/// no workload could write; and never a second time.
/// </summary>
internal sealed class DeleteHandler(HandlerServices services) : TableHandler<DeleteInput>("dynamodb.delete", services)
{
    private readonly HandlerServices _services = services;

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<DeleteInput> step, CancellationToken cancellationToken)
    {
        var progress = new Progress(new LiveProtection(step));
        try
        {
            var backup = await SoundBackupAsync(step, cancellationToken).ConfigureAwait(false);
            await step.Context.Poller.UntilAsync(
                ShortPlan(step, $"table {step.Input.Table.Name} to be gone", step.Input.Table.Arn),
                token => AdvanceAsync(step, backup, progress, token),
                status => step.Context.Report(status),
                cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException cause) when (progress.Protection.IsLifted)
        {
            throw await progress.Protection.PutBackAsync(cause, Timings.ShortPoll, cancellationToken).ConfigureAwait(false);
        }

        return new DeletedTable(step.Input.Table.Id, step.Context.Poller.Clock.GetUtcNow());
    }

    /// <summary>Makes sure, by asking the service, that what is to be deleted can be had again.</summary>
    private static async Task<MadeBackup> SoundBackupAsync(TableStep<DeleteInput> step, CancellationToken cancellationToken)
    {
        var copy = step.Evidence<MadeTable>("copy");
        var check = step.Evidence<CheckedTable>("check");
        var backup = step.Evidence<MadeBackup>("backup");
        if (check.TableId != copy.TableId || backup.TableId != copy.TableId)
            throw Unsound(step, backup.BackupArn, "the copy, its check and its backup are not of the same table");
        await RequireAsync(step, backup.BackupArn, copy.TableId, cancellationToken).ConfigureAwait(false);
        if (step.Input.SafetyBackup)
            await RequireAsync(step, step.Evidence<MadeBackup>("safety").BackupArn, step.Input.Table.Id, cancellationToken).ConfigureAwait(false);
        return backup;
    }

    private static async Task RequireAsync(TableStep<DeleteInput> step, string arn, string tableId, CancellationToken cancellationToken)
    {
        var found = await step.Clients.DynamoDb.DescribeBackupAsync(arn, cancellationToken).ConfigureAwait(false);
        if (found?.BackupDetails?.BackupStatus?.Value != "AVAILABLE")
            throw Unsound(step, arn, $"the backup is {found?.BackupDetails?.BackupStatus?.Value ?? "gone"}");
        if (found.SourceTableDetails?.TableId != tableId)
            throw Unsound(step, arn, $"the backup is of table {found.SourceTableDetails?.TableId}, not of {tableId}");
    }

    private async Task<Observation<bool>> AdvanceAsync(TableStep<DeleteInput> step, MadeBackup backup, Progress progress, CancellationToken cancellationToken)
    {
        var service = step.Clients.DynamoDb;
        var live = await service.DescribeTableAsync(step.Input.Table.Name, cancellationToken).ConfigureAwait(false);
        if (IsGone(live, step, backup))
            return new Observation<bool>(Done: true, "gone", Value: true);

        // Having been told that the deletion is under way, we believe it, whatever an answer from the past says.
        if (progress.Deleting || live!.TableStatus?.Value != "ACTIVE")
            return new Observation<bool>(Done: false, live!.TableStatus?.Value ?? "UNKNOWN", Value: false);

        try
        {
            // Nothing of a live table is touched while someone may write to it; after each change everything is looked at anew.
            await _services.EnsureNoWritersAsync(cancellationToken).ConfigureAwait(false);
            if (await progress.Protection.LiftAsync(live, cancellationToken).ConfigureAwait(false))
                return new Observation<bool>(Done: false, "deletion protection and scaling off", Value: false);
            if (IsGone(await service.DescribeTableAsync(live.TableName, cancellationToken).ConfigureAwait(false), step, backup))
                return new Observation<bool>(Done: true, "gone", Value: true);
            await service.DeleteTableAsync(live.TableName, cancellationToken).ConfigureAwait(false);
            progress.Deleting = true;
            await step.Context.OperationStartedAsync(step.Input.Table.Id, cancellationToken).ConfigureAwait(false);
            return new Observation<bool>(Done: false, "DELETING", Value: false);
        }
        catch (RestoreException fault) when (MayPass(fault) || fault.Id == "TableNotFound")
        {
            return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
        }
    }

    /// <summary>Whether the captured table is gone; a table of that name which this run restored proves it too.</summary>
    private static bool IsGone(TableDescription? live, TableStep<DeleteInput> step, MadeBackup backup)
    {
        if (live is null || (live.TableId != step.Input.Table.Id && live.RestoreSummary?.SourceBackupArn == backup.BackupArn))
            return true;
        return live.TableId == step.Input.Table.Id ? false : throw IdentityChanged(step, live.TableId);
    }

    private static RestoreException Unsound(TableStep<DeleteInput> step, string arn, string why) => new(
        "BackupNotAvailable",
        FaultCategory.InvalidOperation,
        $"Table {step.Input.Table.Name} in {step.Place} was not deleted, because {why}.",
        arn,
        $"This table is as it was, but others of the run may be restored already, so keep the workloads stopped. If the backup is there after all, go on with: {Resume(step)} Otherwise bring the table to the restore point by hand: back up the copy {step.Input.CopyName}, delete {step.Input.Table.Name}, restore that backup to its name, and put its settings back.");

    private sealed class Progress(LiveProtection protection)
    {
        public LiveProtection Protection { get; } = protection;

        public bool Deleting { get; set; }
    }
}
