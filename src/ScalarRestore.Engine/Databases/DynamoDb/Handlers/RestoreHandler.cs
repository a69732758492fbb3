using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Ensures that a table of the live name exists which was restored from the backup of the checked copy.</summary>
internal sealed class RestoreHandler(HandlerServices services) : TableHandler<RestoreInput>("dynamodb.restore", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<RestoreInput> step, CancellationToken cancellationToken)
    {
        var (input, backup) = (step.Input, step.Evidence<MadeBackup>("backup"));
        var startedAt = await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"the restore of {input.Table.Name} to be taken on", input.Table.Arn),
            token => BeginAsync(step, backup.BackupArn, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        var table = await ReadyAsync(step, input.Table.Name, startedAt, cancellationToken).ConfigureAwait(false);
        return table.RestoreSummary?.SourceBackupArn == backup.BackupArn && table.TableId != input.Table.Id
            ? new MadeTable(table.TableName, table.TableArn, table.TableId, step.Context.Poller.Clock.GetUtcNow(), table.LatestStreamArn)
            : throw IdentityChanged(step, table.TableId);
    }

    private static async Task<Observation<DateTimeOffset?>> BeginAsync(TableStep<RestoreInput> step, string backupArn, CancellationToken cancellationToken)
    {
        var (input, service) = (step.Input, step.Clients.DynamoDb);
        if (await service.DescribeTableAsync(input.Table.Name, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            if (existing.RestoreSummary?.SourceBackupArn == backupArn && existing.TableId != input.Table.Id)
                return new Observation<DateTimeOffset?>(Done: true, "found", existing.CreationDateTime is { } at ? AwsTime.ToUtc(at) : null);
            return existing.TableStatus?.Value == "DELETING" && existing.TableId == input.Table.Id
                ? new Observation<DateTimeOffset?>(Done: false, "DELETING", Value: null)
                : throw IdentityChanged(step, existing.TableId);
        }

        var backup = await service.DescribeBackupAsync(backupArn, cancellationToken).ConfigureAwait(false)
            ?? throw new RestoreException(
                "BackupNotFound",
                FaultCategory.ObjectNotFound,
                $"Backup {backupArn} in {step.Place} is gone, though nothing of this run deleted it. The copy {input.CopyName} still holds the data.",
                backupArn,
                $"Keep the workloads stopped. Back up {input.CopyName} yourself, restore that backup to {input.Table.Name}, and put its settings back by hand.");
        try
        {
            var made = await service.RestoreFromBackupAsync(Request(input, backup), cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(made.TableId ?? made.TableArn, cancellationToken).ConfigureAwait(false);
            return new Observation<DateTimeOffset?>(Done: true, "CREATING", step.Context.Poller.Clock.GetUtcNow());
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<DateTimeOffset?>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: null);
        }
    }

    // Going back to on-demand by an update is limited to a few times a day, so the mode is set while restoring.
    private static RestoreTableFromBackupRequest Request(RestoreInput input, BackupDescription backup)
    {
        var request = new RestoreTableFromBackupRequest { BackupArn = backup.BackupDetails.BackupArn, TargetTableName = input.Table.Name };
        var mode = backup.SourceTableDetails?.BillingMode?.Value;
        if (mode is null || mode == input.BillingMode)
            return request;

        request.BillingModeOverride = input.BillingMode;
        if (input.BillingMode == BillingMode.PROVISIONED.Value)
        {
            request.ProvisionedThroughputOverride = Provisioned(input.Capacity);
            var indexes = backup.SourceTableFeatureDetails?.GlobalSecondaryIndexes ?? [];
            if (indexes.Count > 0)
                request.GlobalSecondaryIndexOverride = [.. indexes.Select(i => Index(i, input.Indexes.GetValueOrDefault(i.IndexName, input.Capacity)))];
        }

        return request;
    }

    private static GlobalSecondaryIndex Index(GlobalSecondaryIndexInfo index, Capacity capacity) => new()
    {
        IndexName = index.IndexName,
        KeySchema = index.KeySchema,
        Projection = index.Projection,
        ProvisionedThroughput = Provisioned(capacity),
    };

    private static ProvisionedThroughput Provisioned(Capacity capacity) => new() { ReadCapacityUnits = capacity.Read, WriteCapacityUnits = capacity.Write };
}
