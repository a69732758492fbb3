using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Databases.FlexibleServers.Handlers;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>
/// Azure Database for MySQL or for PostgreSQL: a flexible server is restored beside the source, in its network, with everything that a restore
/// would set otherwise; the source stays as it is.
/// </summary>
internal sealed class FlexibleServerProvider : IDatabaseProvider
{
    private readonly FlexibleEngine _engine;
    private readonly Func<ArmClientFactory> _factory;
    private readonly TimeProvider _clock;
    private readonly FlexibleTimings _timings;

    /// <summary>Makes the provider.</summary>
    /// <param name="engine">MySQL or PostgreSQL.</param>
    /// <param name="factory">Makes clients; called only where there is something of Azure, since it loads Azure's libraries.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="mode">Whether handlers may change anything. Finding and capturing never may.</param>
    /// <param name="azure">How to sign in for the steps of a plan that is taken up again; what it leaves open is as the plan says.</param>
    /// <param name="timings">How long flexible servers take; null for the real service.</param>
    public FlexibleServerProvider(
        FlexibleEngine engine, Func<ArmClientFactory> factory, TimeProvider clock, ServiceMode mode, AzureConnection azure, FlexibleTimings? timings = null)
    {
        _engine = engine;
        _factory = factory;
        _clock = clock;
        _timings = timings ?? new FlexibleTimings();
        IArmClient Client(AzureConnection planned) => factory().For(azure.Over(planned), mode);
        Handlers =
        [
            new RestoreHandler(engine, Client, _timings),
            new ReapplyHandler(engine, Client, _timings),
            new AvailabilityHandler(engine, Client, _timings),
            new VerifyHandler(engine, Client, _timings),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IStepHandler> Handlers { get; }

    /// <inheritdoc/>
    public bool Owns(WorkloadStorage storage) => FlexibleHost.Of(_engine, storage).Count > 0;

    /// <inheritdoc/>
    public bool Owns(string identifier) => _engine.IsServerId(identifier);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalarDatabase>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        if (!IsAsked(query))
            return [];

        var client = _factory().For(query.Selection.Azure, ServiceMode.ReadOnly);
        var latest = new FlexibleCapturer(client, _clock, _timings).Latest;
        var found = await new FlexibleDiscovery(_engine, client, query.Selection.Azure).FindAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(one => Show(one, latest))];
    }

    /// <inheritdoc/>
    public async Task<IDatabaseCapture> CaptureAsync(DatabaseQuery query, RestoreIntent intent, CancellationToken cancellationToken)
    {
        if (!IsAsked(query))
            return NothingCaptured.Instance;

        var client = _factory().For(query.Selection.Azure, ServiceMode.ReadOnly);
        var capturer = new FlexibleCapturer(client, _clock, _timings);
        var found = await new FlexibleDiscovery(_engine, client, query.Selection.Azure).FindAsync(query, cancellationToken).ConfigureAwait(false);
        var all = await Task.WhenAll(found.Select(async one =>
        {
            var (server, faults) = await capturer.CaptureAsync(one, intent, cancellationToken).ConfigureAwait(false);
            return (Shown: Show(one, capturer.Latest), Server: server, Faults: faults);
        })).ConfigureAwait(false);
        if (all.SelectMany(one => one.Faults).ToList() is { Count: > 0 } against)
            throw PreflightFaults.All(against);

        var captured = all.Select(one => one.Server!).ToList();
        return new FlexibleCapture(
            [.. all.Select(one => one.Shown)], captured, [.. captured.SelectMany(one => Warnings(one, intent, capturer.Latest))], intent, _timings);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RestoredDatabase> Describe(RestorePlan plan, Func<string, JsonObject?> evidenceOf) => FlexibleDescription.Of(_engine, plan, evidenceOf);

    // Whoever has no Azure need not sign in to it.
    private bool IsAsked(DatabaseQuery query) => query.Selection.Identifiers is { } identifiers
        ? identifiers.Any(_engine.IsServerId)
        : query.Workloads.Any(workload => workload.Storages.Any(Owns));

    private static IEnumerable<string> Warnings(RestorableServer server, RestoreIntent intent, DateTimeOffset latest)
    {
        foreach (var lost in server.Lost)
            yield return $"{server.Source.Name}: {lost}.";

        if (intent.KeepIdentifier)
            yield return $"{server.Source.Name}: a flexible server cannot be renamed, so that -KeepIdentifier has no effect on it.";

        if (intent.RestoreTime > latest)
            yield return $"{server.Source.Name}: the restore point is so near that the backups may not reach it yet. The restore waits for them.";
    }

    private ScalarDatabase Show(FoundServer found, DateTimeOffset latest)
    {
        var (source, server) = (found.Identity, found.Resource);
        var faults = FlexibleCapturer.Judge(found);
        return new ScalarDatabase
        {
            Kind = _engine.Kind,
            Account = source.Subscription,
            Region = source.Location,
            Identifier = source.Name,
            ResourceId = source.ResourceId,
            Engine = $"Azure Database for {_engine.Product} {ArmJson.Text(ArmJson.Properties(server), "version")}".TrimEnd(),
            Status = FlexibleJson.State(server),
            Endpoints = [.. new[] { FlexibleJson.Host(server) ?? "" }.Concat(found.Aliases.Select(alias => alias.Host)).Where(host => host.Length > 0)],
            Workloads = found.Workloads,
            EarliestRestorableTime = FlexibleJson.Earliest(server),
            LatestRestorableTime = faults.Count == 0 ? latest : null,
            Faults = [.. faults.Select(fault => fault.Message)],
        };
    }
}
