using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Verification;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Reads the copy in full before anything irreversible happens: structure, times, states, count and hash.</summary>
internal sealed class CheckHandler(HandlerServices services) : TableHandler<CheckInput>("dynamodb.check", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<CheckInput> step, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var copy = step.Evidence<MadeTable>("copy");
        var table = await step.Clients.DynamoDb.DescribeTableAsync(input.CopyName, cancellationToken).ConfigureAwait(false) ?? throw Vanished(input.CopyName, step);
        if (table.TableId != copy.TableId)
            throw Wrong(step, $"its id is {table.TableId}, but this run made {copy.TableId}");
        if (TableShape.Structure(table) is var structure && structure != input.Structure)
            throw Wrong(step, $"its structure is {structure}, but that of {input.Table.Name} is {input.Structure}");

        var content = await new TableContentHasher(step.Clients.DynamoDb)
            .ReadAsync(input.CopyName, table.TableSizeBytes ?? 0, n => step.Context.Report($"{n} items read"), cancellationToken).ConfigureAwait(false);
        if (content.Newest is { } newest && newest > input.RestoreTime + input.ClockSkew)
            throw TooNew(step, newest);
        if (content.Unfinished > 0)
        {
            step.Context.Warn(
                $"{input.Table.Name}: {content.Unfinished} rows are PREPARED or DELETED at the restore point. ScalarDB rolls them forward or back when they are read; many of them mean that the pause was none.");
        }

        return new CheckedTable
        {
            TableId = table.TableId,
            Count = content.Count,
            Hash = content.Hash,
            Newest = content.Newest,
            Unfinished = content.Unfinished,
            Verdict = content.Count > 0 ? "pass" : await VerdictOnNothingAsync(step, cancellationToken).ConfigureAwait(false),
        };
    }

    // No item is either right or the sign of a wrong restore point; only the live table can tell, and it may have been filled since.
    private static async Task<string> VerdictOnNothingAsync(TableStep<CheckInput> step, CancellationToken cancellationToken)
    {
        var page = await step.Clients.DynamoDb.ScanAsync(
            new ScanRequest { TableName = step.Input.Table.Name, Limit = 1, ConsistentRead = true }, cancellationToken).ConfigureAwait(false);
        if (page.Items is not { Count: > 0 } && page.LastEvaluatedKey is not { Count: > 0 })
            return "empty";

        step.Context.Warn(
            $"{step.Input.Table.Name} was empty at {step.Input.RestoreTime.UtcDateTime:u}, but is not now. Make sure that the restore point is right; no item of it could be checked.");
        return "inconclusive";
    }

    private static RestoreException TooNew(TableStep<CheckInput> step, DateTimeOffset newest) => new(
        "RowsNewerThanRestorePoint",
        FaultCategory.InvalidData,
        $"The copy of {step.Input.Table.Name} holds a transaction of {newest.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z, which is later than the restore point {step.Input.RestoreTime.UtcDateTime:u} by more than the allowed clock skew of {step.Input.ClockSkew}.",
        step.Input.CopyName,
        $"Check the restore point and the clocks of the application's hosts. {Again} If the clocks were ahead, give -ClockSkew {Ahead(step.Input, newest)} or more instead.");

    private static TimeSpan Ahead(CheckInput input, DateTimeOffset newest) => TimeSpan.FromSeconds(Math.Ceiling((newest - input.RestoreTime).TotalSeconds));

    private static RestoreException Wrong(TableStep<CheckInput> step, string why) => new(
        "CopyCheckFailed",
        FaultCategory.InvalidData,
        $"The copy {step.Input.CopyName} in {step.Place} is not fit to be restored from: {why}.",
        step.Input.CopyName,
        Again);
}
