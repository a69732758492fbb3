using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>Ensures that time to live is on again in the containers where it was. Before that, nothing of what was restored could expire.</summary>
internal sealed class TimeToLiveHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<TimeToLiveInput>("timetolive", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<TimeToLiveInput> step, CancellationToken cancellationToken)
    {
        _ = await RestedAsync(step, cancellationToken).ConfigureAwait(false);
        foreach (var (name, seconds) in step.Input.Seconds)
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            await SetAsync(step, new CosmosContainer(name[..slash], name[(slash + 1)..]), seconds, cancellationToken).ConfigureAwait(false);
        }

        return new Switched([.. step.Input.Seconds.Keys]);
    }

    private async Task SetAsync(CosmosStep<TimeToLiveInput> step, CosmosContainer container, int seconds, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries <= MostTries;)
        {
            var now = await step.Client.GetAsync(step.In(container.Path), cancellationToken).ConfigureAwait(false);
            var resource = (ArmJson.Properties(now)["resource"] as JsonObject ?? []).DeepClone().AsObject();
            if ((int?)resource["defaultTtl"] == seconds)
                return;

            // A container is put whole; what begins with a line below is the service's own.
            foreach (var name in resource.Select(member => member.Key).Where(name => name.StartsWith('_')).ToList())
                resource.Remove(name);

            resource["defaultTtl"] = seconds;
            var body = new JsonObject { ["properties"] = new JsonObject { ["resource"] = resource, ["options"] = new JsonObject() } };
            tries += await ChangeAsync(step, $"time to live of {container}", token => step.Client.PutAsync(step.In(container.Path), body, token), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        throw new RestoreException(
            "TimeToLiveNotSet",
            FaultCategory.InvalidData,
            $"Time to live of container {container} of {step.What} in {step.Place} is not {seconds} s, though it was set {MostTries} times.",
            step.In(container.Path),
            $"Set it by hand (az cosmosdb sql container update --ttl {seconds}), then go on with: {step.Context.ResumeCommand}");
    }

    /// <summary>What was done.</summary>
    /// <param name="Containers">The containers where it is on.</param>
    private sealed record Switched(IReadOnlyList<string> Containers);
}
