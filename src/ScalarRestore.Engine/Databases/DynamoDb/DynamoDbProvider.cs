using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.DynamoDb.Handlers;
using ScalarRestore.Engine.Databases.DynamoDb.Selecting;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>
/// Amazon DynamoDB: each table is restored to a point in time under another name, backed up and checked; then, behind the gate, the live table
/// is deleted and restored from that backup, because the service restores only to new names.
/// </summary>
internal sealed class DynamoDbProvider : IDatabaseProvider
{
    private readonly TableSelector _selector;
    private readonly TableCapturer _capturer;
    private readonly TimeProvider _clock;
    private readonly DynamoDbTimings _timings;

    /// <summary>Makes the provider.</summary>
    /// <param name="factory">Makes clients; stays the caller's.</param>
    /// <param name="fence">Looks for writers right before a table is deleted; null only where nothing will be run.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="mode">Whether handlers may change anything. Finding and capturing never may.</param>
    /// <param name="timings">How long DynamoDB takes; null for the real service.</param>
    public DynamoDbProvider(AwsClientFactory factory, IWriterFence? fence, TimeProvider clock, ServiceMode mode, DynamoDbTimings? timings = null)
    {
        _clock = clock;
        _timings = timings ?? new DynamoDbTimings();
        _selector = new TableSelector(factory);
        _capturer = new TableCapturer(factory, clock);
        var services = new HandlerServices(factory, fence is null ? null : new SharedFence(fence, clock), mode, _timings);
        Handlers =
        [
            new CopyHandler(services),
            new BackupHandler(BackupHandler.OfCopy, services),
            new BackupHandler(BackupHandler.OfLive, services),
            new CheckHandler(services),
            new DeleteHandler(services),
            new RestoreHandler(services),
            new ReapplyHandler(services),
            new VerifyHandler(services),
            new TimeToLiveHandler(services),
            new CleanupHandler(services),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IStepHandler> Handlers { get; }

    /// <inheritdoc/>
    public bool Owns(WorkloadStorage storage) => TableSelector.Owns(storage);

    /// <summary>Never: sets of tables have no identifier.</summary>
    public bool Owns(string identifier) => false;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalarDatabase>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        var databases = new List<ScalarDatabase>();
        foreach (var set in await _selector.SelectAsync(query, cancellationToken).ConfigureAwait(false))
        {
            // A fault of one table is shown with it; one that leaves no table to show it with is thrown.
            if (set.Tables.Count == 0 && set.Faults.Count > 0)
                throw set.Faults.Count == 1 ? set.Faults[0] : PreflightFaults.All(set.Faults);
            databases.Add((await _capturer.ProbeAsync(set, cancellationToken).ConfigureAwait(false)).Database);
        }

        return databases;
    }

    /// <inheritdoc/>
    public async Task<IDatabaseCapture> CaptureAsync(DatabaseQuery query, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var sets = await _selector.SelectAsync(query, cancellationToken).ConfigureAwait(false);
        if (sets.Count == 0)
            return NothingCaptured.Instance;

        var faults = new List<RestoreException>();
        if (intent.RestoreTime > _clock.GetUtcNow())
            faults.Add(CaptureFaults.InFuture(intent.RestoreTime, _clock.GetUtcNow()));

        var (databases, tables, warnings) = (new List<ScalarDatabase>(), new List<CapturedTable>(), new List<string>());
        foreach (var set in sets)
        {
            var (database, probes, found) = await _capturer.ProbeAsync(set, cancellationToken).ConfigureAwait(false);
            databases.Add(database);
            warnings.AddRange(found);
            warnings.AddRange(await _selector.LeftOutAsync(query, set, cancellationToken).ConfigureAwait(false));

            // Both the metadata table and the service may say that a table is missing.
            faults.AddRange(set.Faults.Where(f => !probes.Any(p => p.Name == f.Target && p.Faults.Count > 0)));
            faults.AddRange(probes.SelectMany(p => p.Faults.Concat(_capturer.JudgeTime(p, database.Identity, intent.RestoreTime))));
            var sound = probes.Where(p => p.Faults.Count == 0).ToList();
            foreach (var (table, fault) in await _capturer.CaptureAsync(set, database.Account, sound, cancellationToken).ConfigureAwait(false))
            {
                if (fault is not null)
                    faults.Add(fault);
                else
                    tables.Add(table!);
            }
        }

        if (faults.Count == 0 && tables.Count == 0)
            faults.Add(CaptureFaults.Nothing("what was selected holds no table that can be restored"));
        if (faults.Count > 0)
            throw PreflightFaults.All(faults);
        warnings.AddRange(CaptureWarnings.Of(tables, intent));
        return new DynamoDbCapture(databases, tables, warnings, intent, _timings);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RestoredDatabase> Describe(RestorePlan plan, Func<string, JsonObject?> evidenceOf) => RestoreDescription.Of(plan, evidenceOf);
}
