using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>
/// Ensures that what a restore does not take is set again: one concern a call, one call at a time, each read again afterwards. What the service
/// refuses is told and left, but for the consistency, without which ScalarDB does not work.
/// </summary>
internal sealed class ReapplyHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<AccountSettingsInput>("reapply", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<AccountSettingsInput> step, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        await SetAllAsync(step, refused, cancellationToken).ConfigureAwait(false);
        foreach (var (path, throughput) in step.Input.Throughputs)
            await SetThroughputAsync(step, path, throughput, refused, cancellationToken).ConfigureAwait(false);

        foreach (var line in refused)
            step.Context.Warn($"{step.Input.Target}: Azure did not take back {line}");

        return new Reapplied(refused);
    }

    private async Task SetAllAsync(CosmosStep<AccountSettingsInput> step, List<string> refused, CancellationToken cancellationToken)
    {
        var (tries, given) = (new Dictionary<CosmosConcern, int>(), new HashSet<CosmosConcern>());
        while (true)
        {
            var properties = ArmJson.Properties(await RestedAsync(step, cancellationToken).ConfigureAwait(false));
            var open = CosmosConcern.All.Where(one => !given.Contains(one)).Select(one => (Concern: one, Different: one.Differences(step.Input.Wanted, properties)));
            if (open.FirstOrDefault(one => one.Different.Count > 0) is not { Concern: { } concern } next)
                return;

            if (tries.GetValueOrDefault(concern) == MostTries)
            {
                refused.Add($"{concern.Name}: {string.Join(", ", next.Different)} stay as they are after {MostTries} changes");
                given.Add(concern);
                continue;
            }

            try
            {
                if (await ChangeAsync(step, $"setting {concern.Name}", token => step.Client.PatchAsync(step.Input.TargetId, concern.Change(step.Input.Wanted), token), cancellationToken).ConfigureAwait(false))
                    tries[concern] = tries.GetValueOrDefault(concern) + 1;
            }
            catch (RestoreException fault) when (ArmFaults.IsRefused(fault) && concern != CosmosConcern.All[0])
            {
                refused.Add($"{concern.Name}: {fault.Message}");
                given.Add(concern);
            }
        }
    }

    private async Task SetThroughputAsync(CosmosStep<AccountSettingsInput> step, string path, CosmosThroughput wanted, List<string> refused, CancellationToken cancellationToken)
    {
        var settings = step.In($"{path}/throughputSettings/default");
        for (var tries = 0; ;)
        {
            var now = CosmosThroughput.Of(await step.Client.FindAsync(settings, cancellationToken).ConfigureAwait(false));
            if (now == wanted)
                return;

            if (now is null || tries == MostTries)
            {
                refused.Add($"throughput of {Uri.UnescapeDataString(path)}: {wanted}; now it is {now?.ToString() ?? "none of its own"}");
                return;
            }

            try
            {
                var done = now.IsAutoscale == wanted.IsAutoscale
                    ? await ChangeAsync(step, "setting throughput", token => step.Client.PutAsync(settings, wanted.Body, token), cancellationToken).ConfigureAwait(false)
                    : await ChangeAsync(
                        step,
                        "migrating throughput",
                        token => step.Client.PostAsync($"{settings}/{(wanted.IsAutoscale ? "migrateToAutoscale" : "migrateToManualThroughput")}", new JsonObject(), token),
                        cancellationToken).ConfigureAwait(false);
                tries += done ? 1 : 0;
            }
            catch (RestoreException fault) when (ArmFaults.IsRefused(fault))
            {
                refused.Add($"throughput of {Uri.UnescapeDataString(path)}: {fault.Message}");
                return;
            }
        }
    }

    /// <summary>What was done.</summary>
    /// <param name="Refused">What the service did not take back.</param>
    private sealed record Reapplied(IReadOnlyList<string> Refused);
}
