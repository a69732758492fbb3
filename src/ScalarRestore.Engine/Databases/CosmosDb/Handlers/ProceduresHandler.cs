using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>
/// Ensures that the containers of a restored account have the source's stored procedures, which a restore leaves out: without
/// <c>mutate.js</c> in each container ScalarDB can write nothing. Containers are compared before, so that no empty one can hide a loss. One
/// that is there is never overwritten. (Guide, Cosmos DB, step 4; Schema Loader, CosmosAdmin.)
/// </summary>
internal sealed class ProceduresHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<ProceduresInput>("procedures", clientOf, timings)
{
    /// <summary>What ScalarDB writes by.</summary>
    public const string Mutate = "mutate.js";

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<ProceduresInput> step, CancellationToken cancellationToken)
    {
        await RequireContainersAsync(step, step.Input.Containers, cancellationToken).ConfigureAwait(false);
        var sources = new Dictionary<CosmosContainer, IReadOnlyDictionary<string, string>>();
        foreach (var container in step.Input.Containers)
            sources[container] = await ReadAsync(step, $"{step.Input.Source.ResourceId}/{container.Path}", cancellationToken).ConfigureAwait(false);

        // It is one text in all containers, so that one that was spoilt in the source takes it from another.
        var mutate = sources.Values.Select(procedures => procedures.GetValueOrDefault(Mutate)).FirstOrDefault(body => body is not null);
        var put = 0;
        for (var i = 0; i < step.Input.Containers.Count; i++)
        {
            var container = step.Input.Containers[i];
            var wanted = new SortedDictionary<string, string>(sources[container].ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
            if (mutate is not null && !container.IsMetadata)
                wanted.TryAdd(Mutate, mutate);

            put += await PutAsync(step, container, wanted, cancellationToken).ConfigureAwait(false);
            step.Context.Report($"{container}", (i + 1d) / step.Input.Containers.Count);
        }

        return new Procedures(put);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(CosmosStep<ProceduresInput> step, string container, CancellationToken cancellationToken) =>
        (await step.Client.ListOrNoneAsync($"{container}/storedProcedures", cancellationToken).ConfigureAwait(false))
            .Select(procedure => (Name: ArmJson.Text(procedure, "name"), Body: ArmJson.Text(procedure, "properties", "resource", "body")))
            .Where(procedure => procedure is { Name: not null, Body: not null }).ToDictionary(procedure => procedure.Name!, procedure => procedure.Body!, StringComparer.Ordinal);

    private async Task<int> PutAsync(CosmosStep<ProceduresInput> step, CosmosContainer container, IReadOnlyDictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        var put = 0;
        while (true)
        {
            var present = await ReadAsync(step, step.In(container.Path), cancellationToken).ConfigureAwait(false);
            if (wanted.Where(procedure => !present.ContainsKey(procedure.Key)).Select(procedure => (KeyValuePair<string, string>?)procedure).FirstOrDefault() is not { } missing)
                return put;

            var body = new JsonObject
            {
                ["properties"] = new JsonObject { ["resource"] = new JsonObject { ["id"] = missing.Key, ["body"] = missing.Value }, ["options"] = new JsonObject() },
            };
            var path = step.In($"{container.Path}/storedProcedures/{Uri.EscapeDataString(missing.Key)}");
            put += await ChangeAsync(step, $"{missing.Key} into {container}", token => step.Client.PutAsync(path, body, token), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }
    }

    /// <summary>What was done.</summary>
    /// <param name="Put">How many procedures this process put.</param>
    private sealed record Procedures(int Put);
}
