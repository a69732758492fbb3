using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>
/// What is taken off a live table so that it can be deleted: its deletion protection, and its automatic scaling. If the table is not deleted
/// after all, both are put back. That they are off is journaled before they are taken off, so that another process knows.
/// </summary>
internal sealed class LiveProtection(TableStep<DeleteInput> step)
{
    /// <summary>The longest that putting back may take; the operator waits for the fault behind it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private bool _asleep;

    /// <summary>Whether this or an earlier process has taken anything off.</summary>
    public bool IsLifted => step.Context.OperationId == Mark;

    private string Mark => $"unprotected:{step.Input.Table.Id}";

    /// <summary>Takes off what is still on; false if nothing was.</summary>
    public async Task<bool> LiftAsync(TableDescription live, CancellationToken cancellationToken)
    {
        var isProtected = live.DeletionProtectionEnabled == true;
        var isScaling = !_asleep && step.Input.ScalingTargets.Count > 0;
        if (!isProtected && !isScaling)
            return false;
        if (!IsLifted)
            await step.Context.OperationStartedAsync(Mark, cancellationToken).ConfigureAwait(false);

        // Targets outlive their table, and would change the throughput of the next one while its settings are being put back.
        if (isScaling)
        {
            foreach (var target in step.Input.ScalingTargets)
                await step.Clients.Scaling.RegisterTargetAsync(SettingsApplier.Suspended(target), cancellationToken).ConfigureAwait(false);
            _asleep = true;
        }

        if (isProtected)
            await ProtectAsync(on: false, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Puts back what was taken off a table that stays.</summary>
    /// <param name="cause">Why it stays.</param>
    /// <param name="interval">Between two looks.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The fault to throw: the cause, which says so if the table stays unprotected.</returns>
    public async Task<RestoreException> PutBackAsync(RestoreException cause, TimeSpan interval, CancellationToken cancellationToken)
    {
        var name = step.Input.Table.Name;
        var plan = new PollPlan
        {
            What = $"deletion protection and scaling of {name} to be back",
            Target = step.Input.Table.Arn,
            Timeout = step.Input.Timeout < Patience ? step.Input.Timeout : Patience,
            Interval = interval,
            NextAction = step.Context.ResumeCommand,
        };
        var awake = false;
        try
        {
            await step.Context.Poller.UntilAsync(plan, LookAsync, status => step.Context.Report(status), cancellationToken).ConfigureAwait(false);
            return cause;
        }
        catch (RestoreException fault)
        {
            return new RestoreException(
                cause.Id,
                cause.Category,
                $"{cause.Message} Besides, the table {name} in {step.Place} is not deleted, but its deletion protection and automatic scaling could not be put back: {fault.Message}",
                cause.Target,
                $"{cause.Mend} If the run is not resumed soon: aws dynamodb update-table --table-name {name} --deletion-protection-enabled, and wake its scalable targets.".TrimStart(),
                cause.InnerException)
            {
                ServiceCode = cause.ServiceCode,
            };
        }

        async Task<Observation<bool>> LookAsync(CancellationToken token)
        {
            var live = await step.Clients.DynamoDb.DescribeTableAsync(name, token).ConfigureAwait(false);
            if (live is null || live.TableId != step.Input.Table.Id || live.TableStatus?.Value == "DELETING")
                return new Observation<bool>(Done: true, live?.TableStatus?.Value ?? "gone", Value: true);
            try
            {
                if (!awake)
                    await WakeAsync(token).ConfigureAwait(false);
                awake = true;
                if (!step.Input.DeletionProtection || live.DeletionProtectionEnabled == true)
                    return new Observation<bool>(Done: true, "protected again", Value: true);
                if (live.TableStatus?.Value == "ACTIVE")
                    await ProtectAsync(on: true, token).ConfigureAwait(false);
                return new Observation<bool>(Done: false, "deletion protection on", Value: false);
            }
            catch (RestoreException fault) when (PassingFaults.MayPass(fault))
            {
                return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
            }
        }
    }

    private Task ProtectAsync(bool on, CancellationToken cancellationToken) => step.Clients.DynamoDb.UpdateTableAsync(
        new UpdateTableRequest { TableName = step.Input.Table.Name, DeletionProtectionEnabled = on }, cancellationToken);

    private async Task WakeAsync(CancellationToken cancellationToken)
    {
        foreach (var target in step.Input.ScalingTargets)
            await step.Clients.Scaling.RegisterTargetAsync(SettingsApplier.Woken(target), cancellationToken).ConfigureAwait(false);
    }
}
