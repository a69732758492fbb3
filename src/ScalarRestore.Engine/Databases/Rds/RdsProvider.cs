using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Handlers;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>
/// Amazon RDS instances, Multi-AZ DB clusters, and Amazon Aurora clusters: restored beside the source under a new identifier, with everything
/// that a restore would set otherwise; the source stays as it is.
/// </summary>
internal sealed class RdsProvider : IDatabaseProvider
{
    private readonly RdsDiscovery _discovery;
    private readonly RdsCapturer _capturer;
    private readonly RdsTimings _timings;

    /// <summary>Makes the provider.</summary>
    /// <param name="factory">Makes clients; stays the caller's.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="mode">Whether handlers may change anything. Finding and capturing never may.</param>
    /// <param name="timings">How long RDS takes; null for the real service.</param>
    /// <param name="resolve">Tells what a host's name is an alias of; null asks the directory of names.</param>
    public RdsProvider(AwsClientFactory factory, TimeProvider clock, ServiceMode mode, RdsTimings? timings = null, Func<string, CancellationToken, Task<string>>? resolve = null)
    {
        _timings = timings ?? new RdsTimings();
        _discovery = new RdsDiscovery(factory, resolve ?? RdsHost.CanonicalAsync);
        _capturer = new RdsCapturer(factory, clock);
        var clients = new AccountClients(factory, mode);
        Handlers =
        [
            .. new[] { false, true }.SelectMany(isCluster => new IStepHandler[]
            {
                new RestoreHandler(RdsPlanner.Kind("restore", isCluster), clients, _timings),
                new ReapplyHandler(RdsPlanner.Kind("reapply", isCluster), clients, _timings),
                new VerifyHandler(RdsPlanner.Kind("verify", isCluster), clients, _timings),
                new RenameHandler(RdsPlanner.Kind("rename", isCluster), clients, _timings),
            }),
            new MemberHandler(clients, _timings),
            new ExtrasHandler(clients, _timings),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IStepHandler> Handlers { get; }

    /// <summary>The kind of a database by its engine.</summary>
    public static DatabaseKind KindOf(string engine) => ClusterSettings.HasOwnInstances(engine) ? DatabaseKind.RDS : DatabaseKind.Aurora;

    /// <inheritdoc/>
    public bool Owns(WorkloadStorage storage) => RdsHost.MayBeRds(storage);

    /// <inheritdoc/>
    public bool Owns(string identifier) => RdsDiscovery.IsIdentifier(identifier);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalarDatabase>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        var found = await _discovery.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(found.Select(async one => Show(one, await _capturer.WindowAsync(one, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IDatabaseCapture> CaptureAsync(DatabaseQuery query, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var found = await _discovery.FindAsync(query, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return NothingCaptured.Instance;

        var all = await Task.WhenAll(found.Select(async one =>
        {
            var window = await _capturer.WindowAsync(one, cancellationToken).ConfigureAwait(false);
            var (database, faults) = await _capturer.CaptureAsync(one, window, intent, cancellationToken).ConfigureAwait(false);
            return (Shown: Show(one, window), Database: database, Faults: faults);
        })).ConfigureAwait(false);
        if (all.SelectMany(one => one.Faults).ToList() is { Count: > 0 } against)
            throw PreflightFaults.All(against);

        var captured = all.Select(one => one.Database!).ToList();
        return new RdsCapture(
            [.. all.Select(one => one.Shown)],
            captured,
            [
                .. found.SelectMany(one => one.Aliases.Select(alias => $"{alias.Address} is an alias (CNAME) of {one.Identity.What}: either the values or the alias has to lead to what is restored.")),
                .. intent.KeepIdentifier ? found.SelectMany(one => RdsCapturer.Renaming(one).Select(line => $"{one.Identity.Identifier}: {line}.")) : [],
                .. captured.SelectMany(one => one.Lost.Select(lost => $"{one.Source.Identifier}: {lost}.")),
            ],
            intent,
            _timings);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RestoredDatabase> Describe(RestorePlan plan, Func<string, JsonObject?> evidenceOf) => RdsDescription.Of(plan, evidenceOf);

    private static ScalarDatabase Show(FoundDatabase found, RestoreWindow window)
    {
        var (source, resource) = (found.Identity, found.Resource);
        return new ScalarDatabase
        {
            Kind = KindOf(source.Engine),
            Account = source.Account,
            Region = source.Region,
            Identifier = source.Identifier,
            Arn = source.Arn,
            Engine = $"{source.Engine} {Reading.Text(resource, "EngineVersion")}".TrimEnd(),
            Status = Reading.Text(resource, source.IsCluster ? "Status" : "DBInstanceStatus"),
            Endpoints = [.. RdsEndpoints.Of(resource, source.IsCluster).Concat(found.Aliases).Select(endpoint => endpoint.Address)],
            Workloads = found.Workloads,
            EarliestRestorableTime = window.Earliest,
            LatestRestorableTime = window.Latest,
            Faults = [.. RdsCapturer.Judge(found, window).Select(fault => fault.Message)],
        };
    }
}
