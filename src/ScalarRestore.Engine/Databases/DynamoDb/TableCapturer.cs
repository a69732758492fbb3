using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.DynamoDb.Selecting;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Reads the selected tables, several at a time, and collects all that is wrong with any of them.</summary>
internal sealed class TableCapturer(AwsClientFactory factory, TimeProvider clock)
{
    /// <summary>The rates hold the calls back anyway; this only bounds what waits.</summary>
    private const int AtOnce = 16;

    /// <summary>The set's tables as they are.</summary>
    public async Task<(ScalarDatabase Database, IReadOnlyList<TableProbe> Probes, IReadOnlyList<string> Warnings)> ProbeAsync(TableSet set, CancellationToken cancellationToken)
    {
        var clients = factory.For(set.Profile, set.Region, ServiceMode.ReadOnly);
        var account = await clients.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        var place = $"{account}/{set.Region}";
        var found = await EachAsync(set.Tables, (name, token) => TableProbe.ReadAsync(clients.DynamoDb, name, place, token), cancellationToken).ConfigureAwait(false);
        var warnings = set.Warnings.ToList();
        var probes = found.Where(p => !IsLeftOut(p, set, place, warnings)).ToList();
        var database = new ScalarDatabase
        {
            Kind = DatabaseKind.DynamoDB,
            Account = account,
            Region = set.Region,
            Tables = [.. probes.Select(p => p.ToDatabaseTable())],
            Workloads = set.Workloads,
            EarliestRestorableTime = probes.Max(p => p.Earliest),
            LatestRestorableTime = probes.Min(p => p.Latest),
        };
        return (database, probes, warnings);
    }

    /// <summary>All settings of tables that nothing stands against.</summary>
    public async Task<IReadOnlyList<(CapturedTable? Table, RestoreException? Fault)>> CaptureAsync(
        TableSet set, string account, IReadOnlyList<TableProbe> probes, CancellationToken cancellationToken)
    {
        var clients = factory.For(set.Profile, set.Region, ServiceMode.ReadOnly);
        var scaling = await ScalingFacts.ReadAllAsync(clients.Scaling, cancellationToken).ConfigureAwait(false);
        return await EachAsync(probes, (probe, token) => CaptureAsync(clients, set, account, probe, scaling, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the restore point means for a table.</summary>
    public IEnumerable<RestoreException> JudgeTime(TableProbe probe, string place, DateTimeOffset restoreTime)
    {
        if (probe.Earliest is { } earliest && restoreTime < earliest && restoreTime <= clock.GetUtcNow())
            yield return CaptureFaults.TooEarly(probe.Name, place, probe.Table?.TableArn ?? probe.Name, restoreTime, earliest);
    }

    // A metadata table without history is no reason to give up: it only matters where the schema has changed since the restore point.
    private static bool IsLeftOut(TableProbe probe, TableSet set, string place, List<string> warnings)
    {
        if (!set.Metadata.Contains(probe.Name) || probe.Table is null || probe.IsRecoverable)
            return false;
        warnings.Add(
            $"ScalarDB's metadata table {probe.Name} in {place} is left as it is, because its point-in-time recovery is off. That is right unless the schema has changed since the restore point.");
        return true;
    }

    private static async Task<(CapturedTable? Table, RestoreException? Fault)> CaptureAsync(
        AwsClients clients, TableSet set, string account, TableProbe probe, ScalingFacts scaling, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await new TableReader(clients).ReadAsync(probe.Table!, probe.Backups!, FactParts.All, scaling, cancellationToken).ConfigureAwait(false);
            var identity = new TableIdentity
            {
                Account = account,
                Region = set.Region,
                Profile = set.Profile,
                Name = probe.Name,
                Arn = probe.Table!.TableArn,
                Id = probe.Table.TableId,
            };
            return (new CapturedTable
            {
                Identity = identity,
                Facts = facts,
                ApproximateBytes = probe.Table.TableSizeBytes ?? 0,
            }, null);
        }
        catch (RestoreException fault) when (fault.Id is "AwsAccessDenied" or "TableNotFound")
        {
            return (null, fault);
        }
    }

    private static async Task<IReadOnlyList<TResult>> EachAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, items.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => results[i] = await work(items[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }
}
