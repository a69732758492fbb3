using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Ensures that time to live is on again. It may take the service an hour to enable it; that it is under way is enough.</summary>
internal sealed class TimeToLiveHandler(HandlerServices services) : TableHandler<ReapplyInput>("dynamodb.timetolive", services)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(TableStep<ReapplyInput> step, CancellationToken cancellationToken)
    {
        var (input, restored) = (step.Input, step.Evidence<MadeTable>("restore"));
        var attribute = input.Facts.TimeToLiveAttribute!;
        await step.Context.Poller.UntilAsync(
            ShortPlan(step, $"time to live of {input.Table.Name} to be switched on", input.Table.Arn),
            token => AdvanceAsync(step, restored, attribute, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        return new ReappliedSettings { TableId = restored.TableId, Applied = [nameof(Setting.TimeToLive)] };
    }

    private static async Task<Observation<bool>> AdvanceAsync(TableStep<ReapplyInput> step, MadeTable restored, string attribute, CancellationToken cancellationToken)
    {
        var service = step.Clients.DynamoDb;
        var table = await service.DescribeTableAsync(step.Input.Table.Name, cancellationToken).ConfigureAwait(false) ?? throw Vanished(step.Input.Table.Name, step);
        if (table.TableId != restored.TableId)
            throw IdentityChanged(step, table.TableId);
        var seen = await service.DescribeTimeToLiveAsync(table.TableName, cancellationToken).ConfigureAwait(false);
        if (seen?.AttributeName == attribute && seen.TimeToLiveStatus?.Value is "ENABLED" or "ENABLING")
            return new Observation<bool>(Done: true, seen!.TimeToLiveStatus.Value, Value: true);
        if (seen?.TimeToLiveStatus?.Value is "DISABLING" || !TableShape.IsReady(table))
            return new Observation<bool>(Done: false, seen?.TimeToLiveStatus?.Value ?? "UNKNOWN", Value: false);

        try
        {
            await service.EnableTimeToLiveAsync(table.TableName, attribute, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
        }

        return new Observation<bool>(Done: false, "ENABLING", Value: false);
    }
}
