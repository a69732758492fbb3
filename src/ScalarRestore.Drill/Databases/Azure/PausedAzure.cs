using System.Globalization;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>Accounts or servers as they were during the pause.</summary>
internal sealed class PausedAzure(AzureDatabases databases, SandboxChild sandbox, IReadOnlyList<PausedSource> paused, IReadOnlySet<string> known, int lastCall) : IPausedDatabases
{
    private readonly Dictionary<string, Snapshot> _spoilt = new(StringComparer.Ordinal);

    private AzureKind Kind => databases.Kind;

    /// <inheritdoc/>
    public int Items => paused.Sum(one => one.Items.Items);

    /// <inheritdoc/>
    public async Task<int?> SpoilAsync(CancellationToken cancellationToken)
    {
        foreach (var one in paused)
        {
            await databases.WriteAsync(one.Source, databases.Items.Bad, cancellationToken);
            _spoilt[one.Source.Name] = await databases.ReadAsync(one.Source, cancellationToken);
        }

        return paused.Sum(one => _spoilt[one.Source.Name].Differences(one.Items).Values.Sum());
    }

    /// <inheritdoc/>
    public async Task<RestoreProof> ProveAsync(RestoreRun run, DateTimeOffset restoreTime, CancellationToken cancellationToken)
    {
        var (faults, drift, figures, wrong) = (new List<string>(), new List<string>(), new List<DatabaseFigures>(), 0);
        var calls = AzureCalls.Of(Kind, await sandbox.Control.CallsAsync(lastCall, cancellationToken));
        var (byTarget, times) = (StepTimes.ByTarget(run), new List<StepTimes>());
        foreach (var one in paused)
        {
            var copies = await Kind.CopiesAsync(one.View, known, cancellationToken);
            if (copies is not [var copy])
            {
                faults.Add($"{Kind.Noun} {one.Source.Name} was restored {copies.Count} times");
                continue;
            }

            var now = one.Source with { Name = copy.Name };
            var view = await Kind.ViewAsync(now.Name, cancellationToken);
            var lost = view.DriftFrom(one.View, Kind.Own);
            drift.AddRange(lost);
            faults.AddRange(lost.Select(path => $"setting {path}"));
            faults.AddRange(AsOf(copy, one.Source, restoreTime));
            faults.AddRange(Kind.Lacks(view));
            faults.AddRange((await Kind.ViewAsync(one.Source.Name, cancellationToken)).ChangesSince(one.View, Kind.Own).Select(path => $"the source was changed: {path}"));
            faults.AddRange(await AccessAsync(one, now, cancellationToken));
            wrong += await ItemsAsync(one, now, faults, cancellationToken);
            var took = byTarget.GetValueOrDefault(Kind.Id(one.Source.Name));
            times.AddRange(took is null ? [] : [took]);
            figures.Add(new DatabaseFigures(Kind.Word, one.Source.Name, now.Name, calls.Restores(now.Name), 0, Math.Round(took?.Seconds ?? 0, 1)) { Procedures = Kind.Procedures(view) });
            await databases.FollowAsync(one, now, cancellationToken);
        }

        faults.AddRange(calls.Faults([.. figures.Select(one => one.Restored)]));
        faults.AddRange(StepTimes.Apart(times));
        return new RestoreProof
        {
            Tables = paused.Sum(one => one.Items.Tables), WrongItems = wrong, Drift = drift, Deletions = calls.Deletions, Databases = figures, Faults = faults,
        };
    }

    private static IEnumerable<string> AsOf(AzureCopy copy, AzureSource source, DateTimeOffset restoreTime)
    {
        if (copy.AsOf.ToUnixTimeSeconds() != restoreTime.ToUnixTimeSeconds())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{copy.Name} is {source.Name} as of {copy.AsOf:u}, and not as of {restoreTime:u}");
        }
    }

    // The new address and the new key, wherever the old ones were; the key itself is never told.
    private async Task<IReadOnlyList<string>> AccessAsync(PausedSource one, AzureSource now, CancellationToken cancellationToken)
    {
        var release = one.Source.Release;
        var found = await databases.EndpointsAsync(release, cancellationToken);
        var faults = new List<string>(found.Faults(release.Name, Kind.Address(one.Source.Name), Kind.Address(now.Name)));
        if (one.Key is null || await Kind.KeyAsync(now.Name, cancellationToken) is not { } key)
        {
            return faults;
        }

        if (found.Secret is { } secret)
        {
            if (secret.GetValueOrDefault(AzureDatabases.KeyVariable) != key)
            {
                faults.Add($"the Secret of release {release.Name} does not hold the new key");
            }

            faults.AddRange(found.Holding(key).Select(where => $"the {where} of release {release.Name} holds the key that its Secret is there for"));
        }
        else
        {
            faults.AddRange(found.Faults(release.Name, one.Key, key, "the account's key"));
        }

        return faults;
    }

    private async Task<int> ItemsAsync(PausedSource one, AzureSource now, List<string> faults, CancellationToken cancellationToken)
    {
        var wrong = 0;
        foreach (var (table, count) in (await databases.ReadAsync(now, cancellationToken)).Differences(one.Items).Where(pair => pair.Value > 0))
        {
            wrong += count;
            faults.Add($"{one.Source.Name}, {table}: {count} items differ");
        }

        if (_spoilt.TryGetValue(one.Source.Name, out var spoilt) && (await databases.ReadAsync(one.Source, cancellationToken)).Differences(spoilt).Values.Sum() is > 0 and var touched)
        {
            faults.Add($"{touched} items of the source {one.Source.Name} were changed after it was spoilt");
        }

        return wrong;
    }
}
