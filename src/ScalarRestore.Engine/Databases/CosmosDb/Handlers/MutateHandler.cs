using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>Sees that every container of a restored account has the stored procedure that ScalarDB writes by; refuses it otherwise.</summary>
internal sealed class MutateHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<ProceduresInput>("mutate", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<ProceduresInput> step, CancellationToken cancellationToken)
    {
        await RequireContainersAsync(step, step.Input.Containers, cancellationToken).ConfigureAwait(false);
        if (await WithoutMutateAsync(step, step.Input.Containers, cancellationToken).ConfigureAwait(false) is { Count: > 0 } without)
            throw CosmosFaults.ProceduresMissing(step.What, step.Place, without, step.Context.ResumeCommand);

        return new WritableAccount { Name = step.Input.Target, Containers = step.Input.Containers.Count(container => !container.IsMetadata) };
    }
}
