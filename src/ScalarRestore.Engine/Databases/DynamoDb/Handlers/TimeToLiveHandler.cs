using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Ensures that time to live is on again. It may take the service an hour to enable it; that it is under way is enough.</summary>
internal sealed class TimeToLiveHandler(HandlerServices services) : TableHandler<ReapplyInput>("dynamodb.timetolive", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<ReapplyInput> step, CancellationToken cancellationToken)
    {
        var input = step.Input;
        var attribute = input.Facts.TimeToLiveAttribute!;
        var tableId = await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"time to live of {input.Table.Name} to be switched on", input.Table.Arn),
            token => AdvanceAsync(step, attribute, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        return new ReappliedSettings { TableId = tableId, Applied = [nameof(Setting.TimeToLive)] };
    }

    private static async Task<Observation<string>> AdvanceAsync(TableStep<ReapplyInput> step, string attribute, CancellationToken cancellationToken)
    {
        var service = step.Clients.DynamoDb;
        var table = await service.DescribeTableAsync(step.Input.Table.Name, cancellationToken).ConfigureAwait(false) ?? throw Vanished(step.Input.Table.Name, step);
        RequireRestored(step, table);
        var seen = await service.DescribeTimeToLiveAsync(table.TableName, cancellationToken).ConfigureAwait(false);
        if (seen?.AttributeName == attribute && seen.TimeToLiveStatus?.Value is "ENABLED" or "ENABLING")
            return new Observation<string>(Done: true, seen!.TimeToLiveStatus.Value, table.TableId);
        if (seen?.TimeToLiveStatus?.Value is "DISABLING" || !TableShape.IsReady(table))
            return new Observation<string>(Done: false, seen?.TimeToLiveStatus?.Value ?? "UNKNOWN", table.TableId);

        try
        {
            await service.EnableTimeToLiveAsync(table.TableName, attribute, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<string>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", table.TableId);
        }

        return new Observation<string>(Done: false, "ENABLING", table.TableId);
    }
}
