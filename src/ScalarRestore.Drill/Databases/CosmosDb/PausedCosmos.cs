using System.Globalization;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>Accounts as they were during the pause.</summary>
internal sealed class PausedCosmos(CosmosDatabases databases, SandboxChild sandbox, IReadOnlyList<PausedAccount> paused, int lastCall) : IPausedDatabases
{
    private readonly Dictionary<string, Snapshot> _spoilt = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Items => paused.Sum(one => one.Items.Items);

    /// <inheritdoc/>
    public async Task<int?> SpoilAsync(CancellationToken cancellationToken)
    {
        foreach (var one in paused)
        {
            await databases.Maker.WriteAsync(one.Source, databases.Items.Bad, cancellationToken);
            _spoilt[one.Source.Name] = await databases.Maker.ReadAsync(one.Source, cancellationToken);
        }

        return paused.Sum(one => _spoilt[one.Source.Name].Differences(one.Items).Values.Sum());
    }

    /// <inheritdoc/>
    public async Task<RestoreProof> ProveAsync(RestoreRun run, DateTimeOffset restoreTime, CancellationToken cancellationToken)
    {
        var (faults, drift, figures, wrong) = (new List<string>(), new List<string>(), new List<DatabaseFigures>(), 0);
        var calls = AccountCalls.Of(await sandbox.Control.CallsAsync(lastCall, cancellationToken));
        var accounts = await databases.Api.ListAsync(cancellationToken);
        var (byTarget, times) = (StepTimes.ByTarget(run), new List<StepTimes>());
        foreach (var one in paused)
        {
            // Azure itself keeps what an account was restored from.
            var ours = accounts.Where(account => ((string?)account["properties"]!["restoreParameters"]?["restoreSource"])?.EndsWith($"/{one.View.InstanceId}", StringComparison.Ordinal) == true).ToList();
            if (ours is not [var copy])
            {
                faults.Add($"{one.Source.What} was restored {ours.Count} times");
                continue;
            }

            var now = one.Source with { Name = (string)copy["name"]! };
            var view = await databases.Api.ViewAsync(now.Name, cancellationToken);
            var lost = view.DriftFrom(one.View);
            drift.AddRange(lost);
            faults.AddRange(lost.Select(path => $"setting {path}"));
            faults.AddRange(AsOf(view, one.Source, restoreTime));
            faults.AddRange(view.Lacks());
            faults.AddRange((await databases.Api.ViewAsync(one.Source.Name, cancellationToken)).ChangesSince(one.View).Select(path => $"the source was changed: {path}"));
            faults.AddRange(await AccessAsync(one, now, cancellationToken));
            wrong += await ItemsAsync(one, now, faults, cancellationToken);
            var took = byTarget.GetValueOrDefault(databases.Api.Id(one.Source.Name));
            times.AddRange(took is null ? [] : [took]);
            figures.Add(new DatabaseFigures("cosmosdb", one.Source.Name, now.Name, calls.Restores(now.Name), 0, Math.Round(took?.Seconds ?? 0, 1)) { Procedures = view.Procedures });
            await databases.FollowAsync(one, now, cancellationToken);
        }

        faults.AddRange(calls.Faults([.. figures.Select(one => one.Restored)]));
        faults.AddRange(StepTimes.Apart(times));
        return new RestoreProof
        {
            Tables = paused.Sum(one => one.Items.Tables), WrongItems = wrong, Drift = drift, Deletions = calls.Deletions, Databases = figures, Faults = faults,
        };
    }

    private static IEnumerable<string> AsOf(AccountView view, AccountSource source, DateTimeOffset restoreTime)
    {
        var text = (string)view.Account["properties"]!["restoreParameters"]!["restoreTimestampInUtc"]!;
        if (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeSeconds() != restoreTime.ToUnixTimeSeconds())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{view.Name} is {source.Name} as of {text}, and not as of {restoreTime:u}");
        }
    }

    // The new URI and the new key, wherever the old ones were; the key itself is never told.
    private async Task<IReadOnlyList<string>> AccessAsync(PausedAccount one, AccountSource now, CancellationToken cancellationToken)
    {
        var release = one.Source.Release;
        var key = await databases.Api.KeyAsync(now.Name, cancellationToken);
        var found = await databases.EndpointsAsync(release, cancellationToken);
        var faults = new List<string>(found.Faults(release.Name, one.Source.Uri, now.Uri));
        if (found.Secret is { } secret)
        {
            if (secret.GetValueOrDefault(CosmosDatabases.KeyVariable) != key)
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

    private async Task<int> ItemsAsync(PausedAccount one, AccountSource now, List<string> faults, CancellationToken cancellationToken)
    {
        var wrong = 0;
        foreach (var (container, count) in (await databases.Maker.ReadAsync(now, cancellationToken)).Differences(one.Items).Where(pair => pair.Value > 0))
        {
            wrong += count;
            faults.Add($"{one.Source.Name}, {container}: {count} items differ");
        }

        if (_spoilt.TryGetValue(one.Source.Name, out var spoilt) && (await databases.Maker.ReadAsync(one.Source, cancellationToken)).Differences(spoilt).Values.Sum() is > 0 and var touched)
        {
            faults.Add($"{touched} items of the source {one.Source.Name} were changed after it was spoilt");
        }

        return wrong;
    }
}
