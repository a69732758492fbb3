using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>
/// Ensures that one on-demand backup is AVAILABLE: of the copy (<c>dynamodb.backup</c>) or of the live table (<c>dynamodb.safety</c>).
/// One that exists is adopted by table id and name; of the live table only if it was made since the step was begun, for it must hold what the
/// table held at the last. Another one is made where none is to be adopted, or where the service does not list yet what a lost answer made.
/// </summary>
internal sealed class BackupHandler(string kind, HandlerServices services) : TableHandler<BackupInput>(kind, services)
{
    /// <summary>Of the copy.</summary>
    public const string OfCopy = "dynamodb.backup";

    /// <summary>Of the live table.</summary>
    public const string OfLive = "dynamodb.safety";

    /// <summary>How far this machine's clock may be ahead of AWS's before a backup of this step looks older than the step.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<BackupInput> step, CancellationToken cancellationToken)
    {
        var (table, id) = Kind == OfCopy ? await CopyAsync(step, cancellationToken).ConfigureAwait(false) : (step.Input.Table.Name, step.Input.Table.Id);
        var arn = await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"the backup of {table} to be taken on", table),
            token => BeginAsync(step, table, id, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        return await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"backup {arn} to become AVAILABLE", arn!),
            token => LookAsync(step, arn!, id, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string Table, string Id)> CopyAsync(TableStep<BackupInput> step, CancellationToken cancellationToken)
    {
        var copy = step.Evidence<MadeTable>("copy");
        var settled = copy.ReadyAt + Timings.BackupSettle - step.Context.Poller.Clock.GetUtcNow();
        if (settled > TimeSpan.Zero)
        {
            step.Context.Report($"letting the copy settle for {Math.Ceiling(settled.TotalSeconds)} s");
            await step.Context.Poller.DelayAsync(settled, cancellationToken).ConfigureAwait(false);
        }

        return (copy.Table, copy.TableId);
    }

    private async Task<Observation<string?>> BeginAsync(TableStep<BackupInput> step, string table, string id, CancellationToken cancellationToken)
    {
        var service = step.Clients.DynamoDb;
        var existing = (await service.ListBackupsAsync(table, step.Input.BackupName, cancellationToken).ConfigureAwait(false))
            .Where(b => b.TableId == id && b.BackupStatus?.Value is "CREATING" or "AVAILABLE" && IsFresh(b, step))
            .MinBy(b => b.BackupCreationDateTime);
        if (existing is not null)
            return new Observation<string?>(Done: true, existing.BackupStatus.Value, existing.BackupArn);

        // A backup is taken by name; the name must still mean the table that was planned for.
        var live = await service.DescribeTableAsync(table, cancellationToken).ConfigureAwait(false) ?? throw Vanished(table, step);
        if (live.TableId != id)
            throw Kind == OfCopy ? CopyChanged(step, live.TableId, id) : IdentityChanged(step, live.TableId);
        try
        {
            var made = await service.CreateBackupAsync(table, step.Input.BackupName, cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(made.BackupArn, cancellationToken).ConfigureAwait(false);
            return new Observation<string?>(Done: true, made.BackupStatus.Value, made.BackupArn);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<string?>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: null);
        }
    }

    private static RestoreException CopyChanged(TableStep<BackupInput> step, string found, string made) => new(
        "CopyNameTaken",
        FaultCategory.ResourceExists,
        $"Table {step.Input.CopyName} in {step.Place} is not the copy that this run made: its id is {found}, but was {made}.",
        step.Input.CopyName,
        Again);

    // A copy does not change any more, so that its backup has no age.
    private bool IsFresh(BackupSummary backup, TableStep<BackupInput> step) =>
        Kind == OfCopy
        || backup.BackupArn == step.Context.OperationId
        || (backup.BackupCreationDateTime is { } at && AwsTime.ToUtc(at) >= step.Context.FirstBegunAt - Margin);

    private static async Task<Observation<MadeBackup>> LookAsync(TableStep<BackupInput> step, string arn, string id, CancellationToken cancellationToken)
    {
        var backup = await step.Clients.DynamoDb.DescribeBackupAsync(arn, cancellationToken).ConfigureAwait(false);
        var details = backup?.BackupDetails;
        if (details is null || details.BackupStatus?.Value == "DELETED")
        {
            throw new RestoreException(
                "BackupNotFound", FaultCategory.ObjectNotFound, $"Backup {arn} in {step.Place} is gone, though nothing of this run deleted it.", arn, $"Find out who deleted it. A new one is made by: {Resume(step)}");
        }

        var made = new MadeBackup(arn, details.BackupName, id, details.BackupSizeBytes ?? 0);
        return new Observation<MadeBackup>(details.BackupStatus?.Value == "AVAILABLE", details.BackupStatus?.Value ?? "UNKNOWN", made);
    }
}
