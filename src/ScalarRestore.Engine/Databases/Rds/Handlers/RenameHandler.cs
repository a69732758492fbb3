using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>
/// Ensures that a database has another identifier: the source is put aside, and what was restored takes its place, so that no values have to
/// change. Nothing is deleted. Which database a name means is decided by resource id, never by the name.
/// </summary>
internal sealed class RenameHandler(string kind, AccountClients clients, RdsTimings timings) : RdsHandler<RenameInput>(kind, clients, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(RdsStep<RenameInput> step, CancellationToken cancellationToken)
    {
        var id = step.Input.IsSource ? step.Input.Source.ResourceId : step.Evidence<MadeDatabase>("restore").ResourceId;
        await step.Context.Poller.UntilAsync(
            Wait(step, $"{step.Input.From} to be called {step.Input.To}", step.Input.From),
            token => RenameAsync(step, id, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);

        // Of the source only its name is needed: what becomes of it after its reboot keeps nothing waiting.
        var renamed = step.Input.IsSource
            ? await FindAsync(step, step.Input.To, step.IsCluster, cancellationToken).ConfigureAwait(false) ?? throw RdsFaults.Vanished(step.Input.To, step.Input.Source.Place)
            : await AvailableAsync(step, step.Input.To, step.IsCluster, cancellationToken).ConfigureAwait(false);
        return Made(renamed, step.IsCluster);
    }

    private static async Task<Observation<bool>> RenameAsync(RdsStep<RenameInput> step, string id, CancellationToken cancellationToken)
    {
        var (input, place) = (step.Input, step.Input.Source.Place);
        if (await FindAsync(step, input.To, step.IsCluster, cancellationToken).ConfigureAwait(false) is { } named)
        {
            var owner = Made(named, step.IsCluster).ResourceId;
            if (owner == id)
                return new Observation<bool>(Done: true, "renamed", Value: true);

            // It was renamed aside already, and the service still tells of it as it was.
            return owner == input.Source.ResourceId
                ? new Observation<bool>(Done: false, "waiting for the name", Value: false)
                : throw RdsFaults.NameTaken(step.IsCluster ? $"DB cluster {input.To}" : $"DB instance {input.To}", place);
        }

        // While it is being renamed it may be found under neither name.
        if (await FindAsync(step, input.From, step.IsCluster, cancellationToken).ConfigureAwait(false) is not { } present)
            return new Observation<bool>(Done: false, "renaming", Value: false);

        if (Made(present, step.IsCluster).ResourceId is var found && found != id)
            throw RdsFaults.IdentityChanged(input.Source, found);

        if (RdsStatus.IsDead(Status(present, step.IsCluster)))
            throw RdsFaults.Dead(step.IsCluster ? $"DB cluster {input.From}" : $"DB instance {input.From}", place, Status(present, step.IsCluster), [], step.Context.ResumeCommand);

        if (!RdsStatus.IsAvailable(Status(present, step.IsCluster)))
            return new Observation<bool>(Done: false, Status(present, step.IsCluster), Value: false);

        var parameters = new QueryParameters
        {
            [step.IsCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier"] = input.From,
            [step.IsCluster ? "NewDBClusterIdentifier" : "NewDBInstanceIdentifier"] = input.To,
            ["ApplyImmediately"] = "true",
        };
        try
        {
            _ = step.IsCluster
                ? await step.Service.ModifyClusterAsync(parameters, cancellationToken).ConfigureAwait(false)
                : await step.Service.ModifyInstanceAsync(parameters, cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync($"{input.From}->{input.To}", cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
        }

        return new Observation<bool>(Done: false, "renaming", Value: false);
    }
}
