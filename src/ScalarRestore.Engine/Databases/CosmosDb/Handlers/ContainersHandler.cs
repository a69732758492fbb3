using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>
/// Sees that every container of the restore point is in the restored account before anything else looks at it: newer Schema Loaders make
/// missing ones, empty, and so would hide a loss. (Schema Loader 3.16.6, 3.17.4, 3.18.1 and later, CosmosAdmin.)
/// </summary>
internal sealed class ContainersHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<ProceduresInput>("containers", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<ProceduresInput> step, CancellationToken cancellationToken)
    {
        await RestedAsync(step, cancellationToken).ConfigureAwait(false);
        await RequireContainersAsync(step, step.Input.Containers, cancellationToken).ConfigureAwait(false);
        return new Seen(step.Input.Containers.Count);
    }

    /// <summary>What was seen.</summary>
    /// <param name="Containers">How many containers there are.</param>
    private sealed record Seen(int Containers);
}
