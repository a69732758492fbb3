using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.FlexibleServers.Handlers;

/// <summary>
/// Ensures that the restored server exists and is Ready. One of that name is adopted by the run's tags only. A name that is taken by nothing
/// that can be seen is waited for: for most of its restore a server is not found, and holds its name.
/// </summary>
internal sealed class RestoreHandler(FlexibleEngine engine, Func<AzureConnection, IArmClient> clientOf, FlexibleTimings timings)
    : FlexibleHandler<RestoreServerInput>(engine, "restore", clientOf, timings)
{
    /// <summary>Refusals because of a state, which another process's restore may have caused.</summary>
    private const int MostConflicts = 10;

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(FlexibleStep<RestoreServerInput> step, CancellationToken cancellationToken)
    {
        var (conflicts, refusedSince) = (0, (DateTimeOffset?)null);
        var poll = await step.Context.Poller.UntilAsync(
            Wait(step, $"the restore of {step.Input.Source.What} to {step.Input.Target} to be taken on", step.Input.Source.ResourceId),
            token => BeginAsync(step, MayWait, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        if (poll is not null)
        {
            _ = await step.Context.Poller.UntilAsync(
                Wait(step, $"{step.What} to be restored", step.Input.TargetId), poll.LookAsync, status => step.Context.Report(status), cancellationToken).ConfigureAwait(false);
        }

        _ = await ReadyAsync(step, cancellationToken).ConfigureAwait(false);
        return new MadeServer(step.Input.Target);

        bool MayWait(RestoreException fault)
        {
            // What was taken on before holds the name, and is found sooner or later.
            var now = step.Context.Poller.Clock.GetUtcNow();
            return fault.Id == "AzureNameTaken" || step.Context.OperationId is not null ? now - (refusedSince ??= now) < Timings.LongestUnseen : ++conflicts < MostConflicts;
        }
    }

    private async Task<Observation<ArmPoll?>> BeginAsync(FlexibleStep<RestoreServerInput> step, Func<RestoreException, bool> mayWait, CancellationToken cancellationToken)
    {
        var (input, source) = (step.Input, step.Input.Source);
        if (await step.FindAsync(cancellationToken).ConfigureAwait(false) is { } existing)
            return step.IsOurs(existing) ? new Observation<ArmPoll?>(Done: true, "found", Value: null) : throw FlexibleFaults.NameTaken(source, input.Target);

        // A plan may lie for a day between its making and its running.
        if (await step.Client.FindAsync(source.ResourceId, cancellationToken).ConfigureAwait(false) is not { } live)
            throw FlexibleFaults.IdentityChanged(source, "it does not exist any more");

        if (source.CreatedAt is { } planned && FlexibleJson.CreatedAt(live) is { } made && made != planned)
            throw FlexibleFaults.IdentityChanged(source, $"it was made at {UtcText.Of(made)}, and the other at {UtcText.Of(planned)}");

        if (step.Context.Poller.Clock.GetUtcNow() < input.RestoreTime + Timings.BackupLag)
            return new Observation<ArmPoll?>(Done: false, "waiting for the backups to reach the restore point", Value: null);

        try
        {
            var poll = await step.Client.PutAsync(input.TargetId, RestoreBody.Of(input), cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(poll.Operation.ToText(), cancellationToken).ConfigureAwait(false);
            return new Observation<ArmPoll?>(Done: true, "creating", poll);
        }
        catch (RestoreException fault) when (ArmFaults.MayPass(fault) || (fault.Id is "AzureNameTaken" or "AzureConflict" && mayWait(fault)))
        {
            // It may be this very call's first try, whose answer was lost, or another process's.
            return new Observation<ArmPoll?>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: null);
        }
    }

    /// <summary>What was made.</summary>
    /// <param name="Name">The server's name.</param>
    private sealed record MadeServer(string Name);
}
