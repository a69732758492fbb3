using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Instances and clusters as they were during the pause.</summary>
internal sealed class PausedRds(RdsDatabases databases, SandboxChild sandbox, IReadOnlyList<PausedDatabase> paused, int lastCall) : IPausedDatabases
{
    private readonly Dictionary<string, Snapshot> _spoilt = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Items => paused.Sum(one => one.Rows?.Items ?? 0);

    /// <inheritdoc/>
    public async Task<int?> SpoilAsync(CancellationToken cancellationToken)
    {
        if (databases.Rows is not { } rows)
        {
            return null;
        }

        foreach (var one in paused)
        {
            await rows.SpoilAsync(one.Url, cancellationToken);
            _spoilt[one.Source.Identifier] = await rows.ReadAsync(one.Url, cancellationToken);
        }

        return paused.Sum(one => _spoilt[one.Source.Identifier].Differences(one.Rows!).Values.Sum());
    }

    /// <inheritdoc/>
    public async Task<RestoreProof> ProveAsync(RestoreRun run, DateTimeOffset restoreTime, CancellationToken cancellationToken)
    {
        var (faults, drift, figures, wrong) = (new List<string>(), new List<string>(), new List<DatabaseFigures>(), 0);
        var calls = RestoreCalls.Of(await sandbox.Control.CallsAsync(lastCall, cancellationToken));
        var copies = RestoredCopy.Read(await sandbox.Control.WholeStateAsync(cancellationToken));
        var (byTarget, times) = (StepTimes.ByTarget(run), new List<StepTimes>());
        foreach (var one in paused)
        {
            var ours = copies.Where(copy => copy.IsCluster == one.Source.IsCluster && copy.Source == one.Source.Identifier).ToList();
            if (ours is not [var copy])
            {
                faults.Add($"{one.Source.What} was restored {ours.Count} times");
                continue;
            }

            var now = one.Source with { Identifier = copy.Identifier };
            var view = await databases.ViewAsync(now, cancellationToken);
            var lost = view.DriftFrom(one.View);
            drift.AddRange(lost);
            faults.AddRange(copy.Faults(restoreTime));
            faults.AddRange(lost.Select(path => $"setting {path}"));
            faults.AddRange((await databases.ViewAsync(one.Source, cancellationToken)).ChangesSince(one.View).Select(path => $"the source was changed: {path}"));
            var endpoints = await databases.EndpointsAsync(one.Source.Release, cancellationToken);
            faults.AddRange(endpoints.Faults(one.Source.Release.Name, $"//{one.View.Address}/", $"//{view.Address}/"));
            faults.AddRange(calls.Faults(one.Source, copy.Identifier, one.View, view));
            wrong += await RowsAsync(one, endpoints.UrlOf(view.Address), faults, cancellationToken);
            var arn = one.View.Resource.Element(one.Source.IsCluster ? "DBClusterArn" : "DBInstanceArn")!.Value;
            var took = byTarget.GetValueOrDefault(arn);
            times.AddRange(took is null ? [] : [took]);
            figures.Add(new DatabaseFigures(
                one.Source.Kind, one.Source.Identifier, copy.Identifier, calls.Restores(now), calls.Members(view), Math.Round(took?.Seconds ?? 0, 1)));
            await databases.FollowAsync(one, now, view.Address, cancellationToken);
        }

        faults.AddRange(calls.TooMany(figures));
        faults.AddRange(StepTimes.Apart(times));
        return new RestoreProof
        {
            Tables = paused.Sum(one => one.Rows?.Tables ?? 0), WrongItems = wrong, Drift = drift, Deletions = calls.Deletions, Databases = figures, Faults = faults,
        };
    }

    // The restored one is reached as the running release reaches it.
    private async Task<int> RowsAsync(PausedDatabase one, string? url, List<string> faults, CancellationToken cancellationToken)
    {
        if (databases.Rows is not { } rows || one.Rows is null || url is null)
        {
            return 0;
        }

        var wrong = 0;
        foreach (var (table, count) in (await rows.ReadAsync(url, cancellationToken)).Differences(one.Rows).Where(pair => pair.Value > 0))
        {
            wrong += count;
            faults.Add($"{one.Source.Identifier}, {table}: {count} rows differ");
        }

        if (_spoilt.TryGetValue(one.Source.Identifier, out var spoilt) && (await rows.ReadAsync(one.Url, cancellationToken)).Differences(spoilt).Values.Sum() is > 0 and var touched)
        {
            faults.Add($"{touched} rows of the source {one.Source.Identifier} were changed after it was spoilt");
        }

        return wrong;
    }
}
