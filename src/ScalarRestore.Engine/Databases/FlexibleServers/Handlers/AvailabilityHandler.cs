using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers.Handlers;

/// <summary>Ensures that a restored server has a standby as the source had: a restore never makes one. It is slow, and so comes last.</summary>
internal sealed class AvailabilityHandler(FlexibleEngine engine, Func<AzureConnection, IArmClient> clientOf, FlexibleTimings timings)
    : FlexibleHandler<ServerSettingsInput>(engine, "availability", clientOf, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(FlexibleStep<ServerSettingsInput> step, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        await SettleAsync(step, ServerConcern.HighAvailability, step.Input.Settings.Wanted, refused, cancellationToken).ConfigureAwait(false);
        foreach (var line in refused)
            step.Context.Warn($"{step.Input.Target}: Azure did not take back {line}");

        return new Availability(refused.Count == 0);
    }

    /// <summary>What there is.</summary>
    /// <param name="Restored">Whether it is as before.</param>
    private sealed record Availability(bool Restored);
}
