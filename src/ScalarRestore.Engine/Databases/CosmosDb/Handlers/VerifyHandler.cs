using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>The last look: at rest, this run's, Strong, with every container and its procedure; and everything that is not as before is listed.</summary>
internal sealed class VerifyHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<VerifyAccountInput>("verify", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<VerifyAccountInput> step, CancellationToken cancellationToken)
    {
        var account = await RestedAsync(step, cancellationToken).ConfigureAwait(false);
        var properties = ArmJson.Properties(account);
        if (CosmosJson.Consistency(account) is not CosmosConcern.Strong and var level)
        {
            throw new RestoreException(
                "ConsistencyNotStrong",
                FaultCategory.InvalidData,
                $"{step.What} in {step.Place} has the consistency {level ?? "unknown"}, and ScalarDB needs Strong.",
                step.Input.TargetId,
                $"Set it (az cosmosdb update --default-consistency-level Strong), then go on with: {step.Context.ResumeCommand}");
        }

        await RequireContainersAsync(step, step.Input.Containers, cancellationToken).ConfigureAwait(false);
        var drift = new List<string>();
        foreach (var concern in CosmosConcern.All)
        {
            drift.AddRange(concern.Differences(step.Input.Wanted, properties).Select(name => $"{name}: was {Shown(step.Input.Wanted[name])}, is {Shown(properties[name])}"));
        }

        drift.AddRange(RegionsHandler.Missing(account, step.Input.Regions).Select(region => $"region {region.Name} is missing"));
        var tags = ArmJson.Tags(account);
        drift.AddRange(step.Input.Tags.Where(tag => tags.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => $"tag {tag.Key}: was {tag.Value}, is {tags.GetValueOrDefault(tag.Key) ?? "not set"}"));
        await AddProceduresAsync(step, drift, cancellationToken).ConfigureAwait(false);
        drift.AddRange(step.Input.Lost);
        foreach (var line in drift.Except(step.Input.Lost))
            step.Context.Warn($"{step.Input.Target}: {line}");

        return new VerifiedAccount { Name = step.Input.Target, Endpoint = CosmosJson.Endpoint(account)!, Drift = drift };
    }

    private static async Task AddProceduresAsync(CosmosStep<VerifyAccountInput> step, List<string> drift, CancellationToken cancellationToken)
    {
        foreach (var container in await WithoutMutateAsync(step, step.Input.Containers, cancellationToken).ConfigureAwait(false))
            drift.Add($"container {container} has no {ProceduresHandler.Mutate}, which ScalarDB writes by: run Repair-ScalarSchema before the workloads start");
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "not set";
}
