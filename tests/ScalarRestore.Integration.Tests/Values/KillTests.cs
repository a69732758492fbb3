using ScalarRestore.Integration.Tests.Procedures;

namespace ScalarRestore.Integration.Tests.Values;

/// <summary>The process dies before and after each journal record of the update and of the start, and another one goes on.</summary>
public sealed class KillTests(ValuesWorld world) : IClassFixture<ValuesWorld>
{
    /// <summary>Surely more than both phases have; the loops end by themselves.</summary>
    private const int EnoughRecords = 80;

    [ToolFact("helm")]
    public async Task Whenever_the_process_dies_the_next_one_ends_where_it_would_have_ended()
    {
        var ns = await world.Workloads.NewNamespaceAsync();
        await world.SecretAsync(ns, "db", ("DB_HOST", ValuesWorld.Old), ("DB_PASSWORD", ValuesWorld.Canary));
        var values = world.Values(
            "scalardb",
            "databaseProperties",
            "jdbc:postgresql://{{ .Env.DB_HOST }}/app",
            $"    scalar.db.multi_storage.storages=a,b\n    scalar.db.multi_storage.storages.a.storage=jdbc\n    scalar.db.multi_storage.storages.a.contact_points=jdbc:postgresql://{{{{ .Env.DB_HOST }}}}/app\n    scalar.db.multi_storage.storages.b.storage=jdbc\n    scalar.db.multi_storage.storages.b.contact_points=jdbc:mysql://{ValuesWorld.Old}/b\n  secretName: db",
            storage: "multi-storage");
        var text = await File.ReadAllTextAsync(values);
        await world.Workloads.InstallAsync(ns, "db", "scalardb", "-f", values);

        // There and back again, so that each round begins as the one before ended.
        var (from, to) = (ValuesWorld.Old, ValuesWorld.New);
        var kills = 0;
        for (var at = 1; at <= EnoughRecords; at++)
        {
            var journal = world.NewJournal();
            var run = await world.StopAsync(new RecordingHost(), ns, WorkloadEngine.Record, journal, "db");
            if (!await RoundAsync(run, journal, values, new EndpointChange { Old = from, New = to }, at))
                break;

            kills++;
            Assert.Equal(text.Replace($"//{ValuesWorld.Old}/b", $"//{to}/b", StringComparison.Ordinal), await File.ReadAllTextAsync(values));
            Assert.Equal(to, await world.SecretValueAsync(ns, "db", "DB_HOST"));
            Assert.Equal(ValuesWorld.Canary, await world.SecretValueAsync(ns, "db", "DB_PASSWORD"));
            Assert.Contains($"jdbc:mysql://{to}/b", await world.PropertiesAsync(ns, "db-scalardb-database-properties"), StringComparison.Ordinal);
            Assert.Equal(2, (await world.Workloads.FindAsync(ns, "db")).ReadyReplicas);
            (from, to) = (to, from);
        }

        Assert.InRange(kills, 20, EnoughRecords - 1);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(values)!, ".*"));
    }

    /// <summary>One update and start that dies at a record; false if they have fewer.</summary>
    private async Task<bool> RoundAsync(RestoreRun run, string journal, string values, EndpointChange change, int at)
    {
        var host = new RecordingHost { DiesAt = at };
        var request = new UpdateValuesRequest { Run = run, Endpoints = [change], Paths = [values], UpdateSecret = true };
        var died = false;
        try
        {
            var update = await world.UpdateAsync(host, request);
            await world.StartAsync(host, update.Run!);
        }
        catch (Exception e) when (host.Records >= at)
        {
            Assert.NotNull(e);
            died = true;
        }

        // Another process: whatever command the run itself names next.
        var next = new RecordingHost();
        for (var tries = 0; tries < 5; tries++)
        {
            var found = Assert.Single(await world.Engine.GetRunsAsync(new RunQuery { RunIds = [run.RunId], JournalPath = journal }, next, CancellationToken.None));
            if (found.Phase == RestorePhase.Started && found.NextCommand is null && found.Outcome != RestoreOutcome.Incomplete)
                return died;

            _ = found.Phase switch
            {
                RestorePhase.Stopped => (await world.UpdateAsync(next, request with { Run = found })).Run,
                RestorePhase.ValuesUpdated => await world.StartAsync(next, found),
                _ => await world.Engine.ResumeAsync(new ResumeRequest { RunId = run.RunId, JournalPath = journal }, next, CancellationToken.None),
            };
        }

        Assert.Fail($"The run that died at record {at} does not come to its end.");
        return died;
    }
}
