using System.Globalization;
using ScalarRestore.Engine.Verification;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Proves that the restored table holds exactly what its checked copy held, and that it is a new one.</summary>
internal sealed class VerifyHandler(HandlerServices services) : TableHandler<CheckInput>("dynamodb.verify", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<CheckInput> step, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var check = step.Evidence<CheckedTable>("check");
        var table = await step.Clients.DynamoDb.DescribeTableAsync(input.Table.Name, cancellationToken).ConfigureAwait(false) ?? throw Vanished(input.Table.Name, step);
        RequireRestored(step, table);
        if (TableShape.Structure(table) is var structure && structure != input.Structure)
            throw Failed(step, $"its structure is {structure}, but was {input.Structure}");

        var content = await new TableContentHasher(step.Clients.DynamoDb)
            .ReadAsync(input.Table.Name, table.TableSizeBytes ?? 0, n => step.Context.Report($"{n} items read", Fraction(n, check.Count)), cancellationToken).ConfigureAwait(false);
        if (content.Count != check.Count)
            throw Failed(step, string.Create(CultureInfo.InvariantCulture, $"it holds {content.Count} items, but the copy holds {check.Count}"));
        if (content.Hash != check.Hash)
            throw Failed(step, $"the hash over its items is {content.Hash}, but that of the copy is {check.Hash}");

        return new CheckedTable
        {
            TableId = table.TableId,
            Count = content.Count,
            Hash = content.Hash,
            Newest = content.Newest,
            Unfinished = content.Unfinished,
            Verdict = content.Count > 0 ? "pass" : check.Verdict,
        };
    }

    private static double? Fraction(long read, long all) => all > 0 ? Math.Min(1, (double)read / all) : null;

    private static RestoreException Failed(TableStep<CheckInput> step, string why) => new(
        "VerificationFailed",
        FaultCategory.InvalidData,
        $"The restored table {step.Input.Table.Name} in {step.Place} is not what it should be: {why}.",
        step.Input.Table.Arn,
        $"Keep the workloads stopped: something wrote to the table, or the restore went wrong. The right data is in the copy {step.Input.CopyName} and in its backup. A resumed run does not restore a second time, so do it by hand: switch off deletion protection of {step.Input.Table.Name} and delete it; aws dynamodb restore-table-from-backup --target-table-name {step.Input.Table.Name} --backup-arn {step.Evidence<MadeBackup>("backup").BackupArn}; put its settings back; then have it compared again with: {Resume(step)}");
}
