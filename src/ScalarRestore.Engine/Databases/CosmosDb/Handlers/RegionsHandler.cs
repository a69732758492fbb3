using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>Ensures that a restored account has the source's further regions: a restore makes one. It may be a change of its regions alone.</summary>
internal sealed class RegionsHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<AccountRegionsInput>("regions", clientOf, timings)
{
    /// <summary>The regions of the source that an account lacks.</summary>
    public static IReadOnlyList<CosmosRegion> Missing(JsonObject account, IReadOnlyList<CosmosRegion> regions)
    {
        var present = CosmosJson.Locations(account).Select(location => ArmJson.Region(ArmJson.Text(location, "locationName")!)).ToHashSet(StringComparer.Ordinal);
        return [.. regions.Where(region => !present.Contains(region.Name))];
    }

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<AccountRegionsInput> step, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["locations"] = new JsonArray(
                [
                    .. step.Input.Regions.Select(region => new JsonObject
                    {
                        ["locationName"] = region.Name, ["failoverPriority"] = region.Priority, ["isZoneRedundant"] = region.IsZoneRedundant,
                    }),
                ]),
            },
        };
        for (var tries = 0; ;)
        {
            var missing = Missing(await RestedAsync(step, cancellationToken).ConfigureAwait(false), step.Input.Regions);
            if (missing.Count == 0)
                return new Regions([.. step.Input.Regions.Select(region => region.Name)]);

            var names = string.Join(", ", missing.Select(region => region.Name));
            try
            {
                if (tries < MostTries)
                {
                    tries += await ChangeAsync(step, $"adding {names}", token => step.Client.PatchAsync(step.Input.TargetId, (JsonObject)body.DeepClone(), token), cancellationToken).ConfigureAwait(false) ? 1 : 0;
                    continue;
                }
            }
            catch (RestoreException fault) when (ArmFaults.IsRefused(fault))
            {
                step.Context.Warn($"{step.Input.Target}: Azure did not add {names}: {fault.Message}");
            }

            return new Regions([.. step.Input.Regions.Except(missing).Select(region => region.Name)]);
        }
    }

    /// <summary>What there is.</summary>
    /// <param name="Present">The regions.</param>
    private sealed record Regions(IReadOnlyList<string> Present);
}
