using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Ensures that the copy is gone, if it is the one that this run made. Backups stay.</summary>
internal sealed class CleanupHandler(HandlerServices services) : TableHandler<CopyInput>("dynamodb.cleanup", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<CopyInput> step, CancellationToken cancellationToken)
    {
        var copy = step.Evidence<MadeTable>("copy");
        if (copy.Table != step.Input.CopyName || copy.Table == step.Input.Table.Name || !copy.Table.StartsWith(DynamoDbNames.Prefix, StringComparison.Ordinal))
            throw NotOurs(step, copy.TableId);
        _ = step.Evidence<CheckedTable>("verify");

        var deleting = false;
        await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"the copy {copy.Table} to be gone", copy.TableArn),
            async token =>
            {
                var seen = await step.Clients.DynamoDb.DescribeTableAsync(copy.Table, token).ConfigureAwait(false);
                if (seen is null)
                    return new Observation<bool>(Done: true, "gone", Value: true);
                if (seen.TableId != copy.TableId || !CopyHandler.IsOurs(seen, step.Input))
                    throw NotOurs(step, seen.TableId);
                if (!deleting && seen.TableStatus?.Value == "ACTIVE")
                    deleting = await DeleteAsync(step, copy, token).ConfigureAwait(false);
                return new Observation<bool>(Done: false, deleting ? "DELETING" : seen.TableStatus?.Value ?? "UNKNOWN", Value: false);
            },
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        return new DeletedTable(copy.TableId, step.Context.Poller.Clock.GetUtcNow());
    }

    private static async Task<bool> DeleteAsync(TableStep<CopyInput> step, MadeTable copy, CancellationToken cancellationToken)
    {
        try
        {
            await step.Clients.DynamoDb.DeleteTableAsync(copy.Table, cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(copy.TableId, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RestoreException fault) when (MayPass(fault) || fault.Id == "TableNotFound")
        {
            return false;
        }
    }

    private static RestoreException NotOurs(TableStep<CopyInput> step, string id) => new(
        "CopyNameTaken",
        FaultCategory.ResourceExists,
        $"Table {step.Input.CopyName} (id {id}) in {step.Place} is not the copy that this run made, so it was not deleted.",
        step.Input.CopyName,
        "Look at the table and delete it yourself if it is not needed. The restore itself is verified.");
}
