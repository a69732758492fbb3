using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Databases.CosmosDb.Handlers;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>
/// Azure Cosmos DB for NoSQL: an account is restored to a new one, with Strong consistency and everything that a restore would set otherwise;
/// the source stays as it is.
/// </summary>
internal sealed class CosmosProvider : IDatabaseProvider
{
    private readonly Func<ArmClientFactory> _factory;
    private readonly TimeProvider _clock;
    private readonly CosmosTimings _timings;

    /// <summary>Makes the provider.</summary>
    /// <param name="factory">Makes clients; called only where there is something of Cosmos DB, since it loads Azure's libraries.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="mode">Whether handlers may change anything. Finding and capturing never may.</param>
    /// <param name="azure">How to sign in for the steps of a plan that is taken up again; what it leaves open is as the plan says.</param>
    /// <param name="timings">How long Cosmos DB takes; null for the real service.</param>
    public CosmosProvider(Func<ArmClientFactory> factory, TimeProvider clock, ServiceMode mode, AzureConnection azure, CosmosTimings? timings = null)
    {
        _factory = factory;
        _clock = clock;
        _timings = timings ?? new CosmosTimings();
        IArmClient Client(AzureConnection planned) => factory().For(azure.Over(planned), mode);
        Handlers =
        [
            new RestoreHandler(Client, _timings),
            new ReapplyHandler(Client, _timings),
            new ProceduresHandler(Client, _timings),
            new RegionsHandler(Client, _timings),
            new VerifyHandler(Client, _timings),
            new TimeToLiveHandler(Client, _timings),
            new ContainersHandler(Client, _timings),
            new MutateHandler(Client, _timings),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IStepHandler> Handlers { get; }

    /// <summary>Whether a storage is one of Cosmos DB.</summary>
    public static bool IsCosmos(WorkloadStorage storage) => string.Equals(storage.Storage.Trim(), "cosmos", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public bool Owns(WorkloadStorage storage) => IsCosmos(storage);

    /// <inheritdoc/>
    public bool Owns(string identifier) => CosmosDiscovery.IsAccountId(identifier);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalarDatabase>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        if (!IsAsked(query))
            return [];

        var client = _factory().For(query.Selection.Azure, ServiceMode.ReadOnly);
        var capturer = new CosmosCapturer(client, _clock, _timings);
        var found = await new CosmosDiscovery(client, query.Selection.Azure).FindAsync(query, cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(found.Select(async one => Show(one, await capturer.InstancesAsync(one, cancellationToken).ConfigureAwait(false), capturer.Latest))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IDatabaseCapture> CaptureAsync(DatabaseQuery query, RestoreIntent intent, CancellationToken cancellationToken)
    {
        if (!IsAsked(query))
            return NothingCaptured.Instance;

        var client = _factory().For(query.Selection.Azure, ServiceMode.ReadOnly);
        var capturer = new CosmosCapturer(client, _clock, _timings);
        var found = await new CosmosDiscovery(client, query.Selection.Azure).FindAsync(query, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return NothingCaptured.Instance;

        var all = await Task.WhenAll(found.Select(async one =>
        {
            var instances = await capturer.InstancesAsync(one, cancellationToken).ConfigureAwait(false);
            var (account, faults) = await capturer.CaptureAsync(one, instances, intent, cancellationToken).ConfigureAwait(false);
            return (Shown: Show(one, instances, capturer.Latest), Account: account, Faults: faults);
        })).ConfigureAwait(false);
        if (all.SelectMany(one => one.Faults).ToList() is { Count: > 0 } against)
            throw PreflightFaults.All(against);

        var captured = all.Select(one => one.Account!).ToList();
        return new CosmosCapture(
            [.. all.Select(one => one.Shown)], captured, [.. captured.SelectMany(one => Warnings(one, intent))], intent, _timings);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RestoredDatabase> Describe(RestorePlan plan, Func<string, JsonObject?> evidenceOf) => CosmosDescription.Of(plan, evidenceOf);

    // Whoever has no Azure need not sign in to it.
    private static bool IsAsked(DatabaseQuery query) => query.Selection.Identifiers is { } identifiers
        ? identifiers.Any(CosmosDiscovery.IsAccountId)
        : query.Workloads.Any(workload => workload.Storages.Any(IsCosmos));

    private static IEnumerable<string> Warnings(RestorableAccount account, RestoreIntent intent)
    {
        foreach (var lost in account.Lost)
            yield return $"{account.Source.Name}: {lost}.";

        if (intent.KeepIdentifier)
            yield return $"{account.Source.Name}: a Cosmos DB account cannot be renamed, so that -KeepIdentifier has no effect on it.";

        if (account.TimeToLive.Count > 0)
        {
            yield return intent.SkipTimeToLive
                ? $"{account.Source.Name}: time to live stays off in {string.Join(", ", account.TimeToLive.Keys)}."
                : $"{account.Source.Name}: time to live will be switched on again in {string.Join(", ", account.TimeToLive.Keys)} and deletes what has expired since the restore point. -SkipTimeToLive leaves it off.";
        }
    }

    private static ScalarDatabase Show(FoundAccount found, IReadOnlyList<CosmosRestorable> instances, DateTimeOffset latest)
    {
        var (source, resource) = (found.Identity, found.Resource);
        var faults = CosmosCapturer.Judge(found, instances);
        return new ScalarDatabase
        {
            Kind = DatabaseKind.CosmosDB,
            Account = source.Subscription,
            Region = ArmJson.Region(source.Location),
            Identifier = source.Name,
            ResourceId = source.ResourceId,
            Engine = "Azure Cosmos DB for NoSQL",
            Status = ArmJson.Text(ArmJson.Properties(resource), "provisioningState"),
            Endpoints = CosmosJson.Endpoint(resource) is { } endpoint ? [endpoint] : [],
            Workloads = found.Workloads,
            EarliestRestorableTime = instances.Count > 0 ? instances.Min(row => row.Earliest) : null,
            LatestRestorableTime = faults.Count == 0 ? latest : null,
            Faults = [.. faults.Select(fault => fault.Message)],
        };
    }
}
