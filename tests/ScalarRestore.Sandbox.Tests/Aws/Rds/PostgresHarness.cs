using System.Globalization;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Aws.Rds.Model;
using ScalarRestore.Sandbox.Aws.Rds.Postgres;
using ScalarRestore.Sandbox.Hosting;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>The fake RDS with real PostgreSQL servers behind it, and psql for their client.</summary>
internal sealed class PostgresHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PostgresBackend _backend;

    private PostgresHarness(SandboxState sandbox, PostgresBackend backend)
    {
        _backend = backend;
        Rds = new RdsHarness(sandbox, backend);

        // Nothing leaves the first "available" by itself again.
        Rds.Set("""{"flipSeconds":0}""");
    }

    public RdsHarness Rds { get; }

    /// <summary>Starts without any database.</summary>
    /// <param name="timeScale">Sandbox seconds per real second.</param>
    public static async Task<PostgresHarness> StartAsync(double timeScale = 1)
    {
        var sandbox = new SandboxState(new SandboxOptions { TimeScale = timeScale });
        var backend = await PostgresBackend.StartAsync("auto", sandbox.Clock, CancellationToken.None);
        Assert.NotNull(backend);
        return new PostgresHarness(sandbox, backend);
    }

    /// <summary>Makes an instance with more fields than it needs, and waits until it can be used.</summary>
    public async Task<DatabaseAddress> InstanceAsync(string id, string more = "")
    {
        await Rds.InstanceAsync(id, more);
        return await AvailableAsync(id);
    }

    /// <summary>Restores an instance under another identifier.</summary>
    public async Task<DatabaseAddress> RestoreAsync(string source, string target, DateTimeOffset at)
    {
        // Past the lag of the latest restorable time.
        Rds.Settle();
        await Rds.CallAsync(
            "RestoreDBInstanceToPointInTime", $"SourceDBInstanceIdentifier={source}&TargetDBInstanceIdentifier={target}&RestoreTime={Text(at)}");
        return await AvailableAsync(target);
    }

    /// <summary>Lets time pass until an instance is available and what stands behind it is ready.</summary>
    /// <returns>The endpoint that is described.</returns>
    public async Task<DatabaseAddress> AvailableAsync(string id)
    {
        await SettleAsync(() => Rds.Region.FindInstance(id));
        var instance = await Rds.InstanceOfAsync(id);
        Assert.Equal("available", instance.Element("DBInstanceStatus")!.Value);
        var endpoint = instance.Element("Endpoint")!;
        return new DatabaseAddress(
            endpoint.Element("Address")!.Value, int.Parse(endpoint.Element("Port")!.Value, CultureInfo.InvariantCulture));
    }

    /// <summary>The same for a cluster. Without a member there is nobody to answer yet.</summary>
    public async Task<DatabaseAddress> ClusterAvailableAsync(string id)
    {
        await SettleAsync(() => Rds.Region.FindCluster(id));
        var cluster = await Rds.ClusterOfAsync(id);
        Assert.Equal("available", cluster.Element("Status")!.Value);
        return new DatabaseAddress(
            cluster.Element("Endpoint")!.Value, int.Parse(cluster.Element("Port")!.Value, CultureInfo.InvariantCulture));
    }

    /// <summary>The sandbox's instant between what has been written and what will be.</summary>
    public DateTimeOffset Mark() => Rds.Now;

    /// <summary>What SQL yields, unaligned; an exception with psql's words where it fails.</summary>
    public static async Task<string> SqlAsync(DatabaseAddress address, string sql, string password = "secret-123", string database = "postgres") =>
        (await RunAsync(address, sql, password, database)).Succeeded().Output.Trim();

    public static Task<ToolResult> RunAsync(DatabaseAddress address, string sql, string password = "secret-123", string database = "postgres") =>
        Tool.RunAsync(
            "psql",
            [
                "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h", address.Host, "-p", address.Port.ToString(CultureInfo.InvariantCulture),
                "-U", "adm", "-d", database, "-c", sql,
            ],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                // Nothing of the user's own.
                ["PGPASSWORD"] = password, ["PGPASSFILE"] = "/nonexistent", ["PGSERVICE"] = null, ["PGHOSTADDR"] = null, ["PGSSLMODE"] = null,
            });

    public static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    // The steps of one change are due one after the other, and some only begin when the work before is done.
    private async Task SettleAsync(Func<RdsDatabase?> find)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Rds.Settle();
            Task? work;
            bool isResting;
            lock (Rds.Region.Lock)
            {
                Rds.Region.Advance();
                var database = find();
                work = ((database as DbInstance)?.Cluster ?? database)?.Work;
                isResting = database is { IsAvailable: true, Pending.Count: 0 }
                    and ({ IsReachable: true } or DbInstance { Cluster: not null } or DbCluster { Members.Count: 0 });
                if (database is not null && RdsFailures.IsDead(database.Status))
                    Assert.Fail($"{database.Id} is {database.Status}.");
            }

            if (work is { IsCompleted: false })
                await work.WaitAsync(patience.Token);
            else if (isResting)
                return;

            // What follows from the work happens on another thread.
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
