using ScalarRestore.Engine;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Integration.Tests.Procedures;
using ScalarRestore.Integration.Tests.Values;

namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>A whole run over a MySQL and a PostgreSQL server that one workload stores into: from its values file and back to it.</summary>
public sealed class RunTests(ValuesWorld world) : IClassFixture<ValuesWorld>, IAsyncLifetime
{
    /// <summary>Surely more than the phase has; the loop ends by itself.</summary>
    private const int EnoughRecords = 120;

    private static readonly string[] Engines = ["mysql", "postgresql"];

    private FlexibleSandbox? _azure;

    public async Task InitializeAsync() => _azure = await FlexibleSandbox.OfAsync(world.Workloads.Sandbox);

    public Task DisposeAsync() => _azure?.DisposeAsync() ?? Task.CompletedTask;

    [ToolFact("helm")]
    public async Task Whenever_the_process_dies_the_next_one_restores_both_servers_once_and_the_values_lead_to_them()
    {
        var azure = _azure!;
        var engine = new RestoreEngine(new EngineSettings(world.Workloads.Clock) { Arm = azure.Settings });
        foreach (var name in Engines)
            await azure.MakeRichAsync(name, $"shop-{name}");

        var ns = await world.Workloads.NewNamespaceAsync();
        var values = world.Values("scalardb", "databaseProperties", "none", $"    scalar.db.multi_storage.storages=a,b\n{Storage("a", "jdbc:mysql://shop-mysql.mysql.database.azure.com:3306/a?sslMode=REQUIRED")}\n{Storage("b", "jdbc:postgresql://shop-postgresql.postgres.database.azure.com/b")}", storage: "multi-storage");
        await world.Workloads.InstallAsync(ns, "db", "scalardb", "-f", values);
        var stopped = world.NewJournal();
        var run = await world.StopAsync(new RecordingHost(), ns, WorkloadEngine.Record, stopped, "db");
        var request = new RestoreRequest { Run = run, RestoreTime = DateTimeOffset.FromUnixTimeSeconds(azure.Clock.GetUtcNow().AddMinutes(-6).ToUnixTimeSeconds()) };

        // What stands against one kind of database does not hide what stands against the other.
        var against = await Assert.ThrowsAsync<RestoreException>(() => engine.RestoreDatabasesAsync(request with { RestoreTime = request.RestoreTime.AddDays(-40) }, new RecordingHost(), CancellationToken.None));
        Assert.Equal(["RestoreTimeOutOfWindow", "RestoreTimeOutOfWindow"], against.Faults.Select(fault => fault.Id));
        Assert.All(Engines, name => Assert.Contains($"shop-{name}", against.Message, StringComparison.Ordinal));

        // Each round begins with the journal of the stopped run, and without the servers of the round before.
        var kills = 0;
        for (var at = 1; at <= EnoughRecords; at++)
        {
            var journal = Copy(stopped, world.NewJournal());
            var began = (await azure.Process.Control.CallsAsync()).Select(call => call.Sequence).LastOrDefault();
            var died = await RestoreAsync(engine, request with { Run = run with { JournalPath = journal } }, at);
            var restored = Assert.Single(await engine.GetRunsAsync(new RunQuery { RunIds = [run.RunId], JournalPath = journal }, new RecordingHost(), CancellationToken.None));
            Assert.Equal((at, RestorePhase.Restored), (at, restored.Phase));
            Assert.Equal(2, restored.Databases.Count);
            Assert.All(restored.Databases, database => Assert.True(database.Verified));
            Assert.All(restored.Databases, database => Assert.Single(database.Drift));
            var calls = (await azure.Process.Control.CallsAsync(began)).Where(call => call.Operation == "RestoreServer" && call.Status == 202).ToList();
            Assert.Equal((at, 2), (at, calls.Count));
            Assert.All(Directory.GetFiles(journal, "*", SearchOption.AllDirectories), file =>
            {
                Assert.DoesNotContain("sig-canary", File.ReadAllText(file), StringComparison.Ordinal);
                Assert.DoesNotContain(ValuesWorld.Canary, File.ReadAllText(file), StringComparison.Ordinal);
            });
            if (!died)
            {
                await StartAsync(engine, restored, values, ns);
                Assert.InRange(kills, 20, EnoughRecords - 1);
                return;
            }

            kills++;
            await DeleteAsync(azure, restored);
        }

        Assert.Fail($"The restore has more than {EnoughRecords} records.");
    }

    private static string Storage(string name, string url) => $"    scalar.db.multi_storage.storages.{name}.storage=jdbc\n    scalar.db.multi_storage.storages.{name}.contact_points={url}";

    // One restore that dies at a record, and whoever goes on; false if it has fewer.
    private static async Task<bool> RestoreAsync(RestoreEngine engine, RestoreRequest request, int at)
    {
        var host = new RecordingHost { DiesAt = at };
        try
        {
            await engine.RestoreDatabasesAsync(request, host, CancellationToken.None);
            return false;
        }
        catch (Exception e) when (host.Records >= at)
        {
            Assert.NotNull(e);
        }

        var (next, journal) = (new RecordingHost(), request.Run.JournalPath);
        var found = Assert.Single(await engine.GetRunsAsync(new RunQuery { RunIds = [request.Run.RunId], JournalPath = journal }, next, CancellationToken.None));
        if (found.Phase == RestorePhase.Stopped)
            await engine.RestoreDatabasesAsync(request with { Run = found }, next, CancellationToken.None);
        else if (found.Phase != RestorePhase.Restored)
            await engine.ResumeAsync(new ResumeRequest { RunId = request.Run.RunId, JournalPath = journal }, next, CancellationToken.None);

        return true;
    }

    private async Task StartAsync(RestoreEngine engine, RestoreRun restored, string values, string ns)
    {
        var host = new RecordingHost();
        var update = await engine.UpdateValuesAsync(new UpdateValuesRequest { Run = restored, Paths = [values] }, host, CancellationToken.None);
        var text = await File.ReadAllTextAsync(values);
        Assert.Contains($"=jdbc:mysql://shop-mysql-{restored.RunId}.mysql.database.azure.com:3306/a?sslMode=REQUIRED", text, StringComparison.Ordinal);
        Assert.Contains($"=jdbc:postgresql://shop-postgresql-{restored.RunId}.postgres.database.azure.com/b", text, StringComparison.Ordinal);
        var end = await engine.StartWorkloadsAsync(new StartRequest { Run = update.Run!, StableFor = TimeSpan.FromSeconds(20), Timeout = TimeSpan.FromMinutes(20) }, host, CancellationToken.None);
        Assert.Equal(RestorePhase.Started, end.Phase);
        var mounted = await world.PropertiesAsync(ns, "db-scalardb-database-properties");
        foreach (var name in Engines)
            Assert.Contains($"shop-{name}-{restored.RunId}.", mounted, StringComparison.Ordinal);
    }

    private static async Task DeleteAsync(FlexibleSandbox azure, RestoreRun restored)
    {
        foreach (var database in restored.Databases)
        {
            var gone = await azure.Raw.DeleteAsync(database.NewResourceId!, CancellationToken.None);
            while (!(await gone.LookAsync(CancellationToken.None)).Done)
                await Task.Delay(TimeSpan.FromSeconds(0.2), azure.Clock);
        }
    }

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));

        return to;
    }
}
