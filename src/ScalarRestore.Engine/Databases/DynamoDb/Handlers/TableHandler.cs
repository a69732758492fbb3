using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>What all steps on tables share: clients of the right account, ways to wait, ways to tell whose a table is.</summary>
internal abstract class TableHandler<TInput>(string kind, HandlerServices services) : IStepHandler
    where TInput : TableStepInput
{
    /// <summary>Between the two looks that must both find a table ready.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public string Kind { get; } = kind;

    /// <summary>How long DynamoDB takes.</summary>
    protected DynamoDbTimings Timings => services.Timings;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<TInput>();
        var clients = await services.ClientsAsync(input.Table, context.ResumeCommand, cancellationToken).ConfigureAwait(false);
        var evidence = await EnsureAsync(new TableStep<TInput>(context, input, clients), cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToNode(evidence, evidence.GetType(), PlanJson.Options)!.AsObject();
    }

    /// <summary>Ensures the step's post-condition.</summary>
    protected abstract Task<object> EnsureAsync(TableStep<TInput> step, CancellationToken cancellationToken);

    /// <summary>Waits until a restored table is ready, twice in a row, and returns it: now and then at first, closely once it may well be over.</summary>
    protected async Task<TableDescription> ReadyAsync(TableStep<TInput> step, string table, DateTimeOffset? startedAt, CancellationToken cancellationToken)
    {
        var poller = step.Context.Poller;
        var plan = ShortPlan(step, $"table {table} to be restored", table) with { Interval = Timings.Poll };
        var closely = (startedAt ?? DateTimeOffset.MinValue) + Timings.RestoreAtLeast;
        if (poller.Clock.GetUtcNow() < closely)
        {
            var (isReady, seen) = await poller.UntilAsync(
                plan with { Interval = Timings.EarlyPoll },
                async token =>
                {
                    var look = await LookAsync(step, table, token).ConfigureAwait(false);
                    return new Observation<(bool, TableDescription)>(look.Done || poller.Clock.GetUtcNow() >= closely, look.Status, (look.Done, look.Value));
                },
                status => step.Context.Report(status),
                cancellationToken).ConfigureAwait(false);
            if (isReady)
                return seen;
        }

        return await poller.UntilAsync(plan, token => LookAsync(step, table, token), status => step.Context.Report(status), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes sure that a table of the live name is the one that this run restored: by its id, or by the backup that it came from.
    /// </summary>
    protected static void RequireRestored(TableStep<TInput> step, TableDescription table)
    {
        var ours = table.TableId == step.Evidence<MadeTable>("restore").TableId
            || table.RestoreSummary?.SourceBackupArn == step.Evidence<MadeBackup>("backup").BackupArn;
        if (!ours || table.TableId == step.Input.Table.Id)
            throw IdentityChanged(step, table.TableId);
    }

    /// <summary>How to wait for something that takes seconds to minutes.</summary>
    protected PollPlan ShortPlan(TableStep<TInput> step, string what, string target) => new()
    {
        What = what,
        Target = target,
        Timeout = step.Input.Timeout,
        Interval = Timings.ShortPoll,
        NextAction = Resume(step),
    };

    /// <summary>The command that takes the run up again.</summary>
    protected static string Resume(TableStep<TInput> step) => step.Context.ResumeCommand;

    /// <inheritdoc cref="PassingFaults.MayPass"/>
    protected static bool MayPass(RestoreException fault) => PassingFaults.MayPass(fault);

    /// <summary>What to do about a failure before the gate.</summary>
    protected const string Again = "Run Restore-ScalarDatabase again on this run with another -RestoreTime (nothing live was changed).";

    /// <summary>A table that should be there is not.</summary>
    protected static RestoreException Vanished(string table, TableStep<TInput> step) => new(
        "TableNotFound", FaultCategory.ObjectNotFound, $"Table {table} in {step.Place} is gone, though nothing of this run deleted it.", table, "Find out who deleted it before going on.");

    /// <summary>The live table is another one than was captured.</summary>
    protected static RestoreException IdentityChanged(TableStep<TInput> step, string found) => new(
        "TableIdentityChanged",
        FaultCategory.InvalidData,
        $"Table {step.Input.Table.Name} in {step.Place} is not the table that was planned for: its id is {found}, planned was {step.Input.Table.Id}.",
        step.Input.Table.Arn,
        $"Someone has deleted and made it again. Nothing was done to the new one. {AfterChange(step)}");

    // What a step makes when it is resumed decides what has to be done by hand.
    private static string AfterChange(TableStep<TInput> step) => step.Context.Step.Kind switch
    {
        "dynamodb.copy" => Again,
        "dynamodb.delete" or "dynamodb.restore" =>
            $"Keep the workloads stopped. Save what is needed of the new table, delete it, then go on with: {Resume(step)}",
        BackupHandler.OfLive =>
            $"Keep the workloads stopped. Bring the table to the restore point by hand: delete it, restore backup {step.Evidence<MadeBackup>("backup").BackupArn} to its name, and put its settings back.",
        _ =>
            $"Keep the workloads stopped. Delete the table, restore backup {step.Evidence<MadeBackup>("backup").BackupArn} to its name and put its settings back by hand, then go on with: {Resume(step)}",
    };

    private static async Task<Observation<TableDescription>> LookAsync(TableStep<TInput> step, string table, CancellationToken cancellationToken)
    {
        var seen = await step.Clients.DynamoDb.DescribeTableAsync(table, cancellationToken).ConfigureAwait(false) ?? throw Vanished(table, step);
        if (seen.TableStatus?.Value is "INACCESSIBLE_ENCRYPTION_CREDENTIALS" or "ARCHIVING" or "ARCHIVED" or "DELETING")
            throw Unusable(seen, step);
        if (!TableShape.IsReady(seen))
            return new Observation<TableDescription>(Done: false, TableShape.Status(seen), seen);

        // ACTIVE has been seen to flicker right after a restore.
        await step.Context.Poller.DelayAsync(SecondLook, cancellationToken).ConfigureAwait(false);
        var again = await step.Clients.DynamoDb.DescribeTableAsync(table, cancellationToken).ConfigureAwait(false) ?? throw Vanished(table, step);
        return new Observation<TableDescription>(TableShape.IsReady(again), TableShape.Status(again), again);
    }

    private static RestoreException Unusable(TableDescription table, TableStep<TInput> step) => new(
        "TableNotActive",
        FaultCategory.InvalidOperation,
        $"Table {table.TableName} in {step.Place} is {table.TableStatus.Value} and will not become ACTIVE by waiting.",
        table.TableName,
        $"Make its KMS key usable again if it has one, then go on with: {Resume(step)}");
}
