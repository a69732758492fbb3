using ScalarRestore.Testing;
using Xunit;
using static ScalarRestore.Sandbox.Tests.Aws.Rds.PostgresHarness;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>Restores to a point in time that really are ones.</summary>
public sealed class PostgresRestoreTests
{
    private const string Rows = "SELECT string_agg(id || '=' || v, ' ' ORDER BY id) FROM t";

    [ToolFact("postgres", "psql")]
    public async Task Restores_an_instance_to_the_noted_time_and_the_restored_one_again()
    {
        await using var harness = await StartAsync();
        var source = await harness.InstanceAsync("src", "DBName=Ledger");
        await SqlAsync(source, "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'good'), (2, 'good')", database: "ledger");
        var good = harness.Mark();
        await SqlAsync(source, "UPDATE t SET v = 'bad'; INSERT INTO t VALUES (3, 'bad')", database: "ledger");

        var restored = await harness.RestoreAsync("src", "dst", good);
        Assert.NotEqual(source, restored);
        Assert.Equal("1=good 2=good", await SqlAsync(restored, Rows, database: "ledger"));
        Assert.Equal("1=bad 2=bad 3=bad", await SqlAsync(source, Rows, database: "ledger"));

        // It has a history of its own, of which any time can be had too.
        await SqlAsync(restored, "INSERT INTO t VALUES (4, 'new')", database: "ledger");
        var newer = harness.Mark();
        await SqlAsync(restored, "DELETE FROM t", database: "ledger");
        var again = await harness.RestoreAsync("dst", "dst2", newer);
        Assert.Equal("1=good 2=good 4=new", await SqlAsync(again, Rows, database: "ledger"));
        Assert.Equal("", await SqlAsync(restored, Rows, database: "ledger"));
        var third = await harness.RestoreAsync("dst2", "dst3", harness.Mark());
        Assert.Equal("1=good 2=good 4=new", await SqlAsync(third, Rows, database: "ledger"));
    }

    [ToolFact("postgres", "psql")]
    public async Task Restores_to_a_time_after_the_last_commit_and_before_the_first()
    {
        await using var harness = await StartAsync();
        var source = await harness.InstanceAsync("src");
        harness.Rds.Settle();
        var before = harness.Mark();
        await SqlAsync(source, "CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, 'only')");
        var empty = await harness.RestoreAsync("src", "empty", before);
        Assert.Equal("", await SqlAsync(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"));
        harness.Rds.Settle();
        await harness.Rds.CallAsync(
            "RestoreDBInstanceToPointInTime", "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=latest&UseLatestRestorableTime=true");
        Assert.Equal("1=only", await SqlAsync(await harness.AvailableAsync("latest"), Rows));
    }

    // A sandbox minute is a tenth of a second here, and psql takes less than that.
    [ToolFact("postgres", "psql")]
    public async Task Tells_commits_apart_in_a_time_that_runs_fast()
    {
        await using var harness = await StartAsync(timeScale: 600);
        var source = await harness.InstanceAsync("src");
        await SqlAsync(source, "CREATE TABLE t (id int, v text)");
        var marks = new List<DateTimeOffset>();
        for (var i = 0; i < 10; i++)
        {
            await SqlAsync(source, $"INSERT INTO t VALUES ({i}, 'x')");
            marks.Add(harness.Mark());
        }

        var restored = await harness.RestoreAsync("src", "dst", marks[4]);
        Assert.Equal("0=x 1=x 2=x 3=x 4=x", await SqlAsync(restored, Rows));
    }

    [ToolFact("postgres", "psql")]
    public async Task Restores_a_cluster_that_its_first_member_opens()
    {
        await using var harness = await StartAsync();
        await harness.Rds.ClusterAsync("ledger");
        await harness.ClusterAvailableAsync("ledger");
        await harness.Rds.MemberAsync("ledger", "ledger-1");
        var source = await harness.ClusterAvailableAsync("ledger");
        Assert.Equal(source, await harness.AvailableAsync("ledger-1"));
        await SqlAsync(source, "CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, 'good')");
        var good = harness.Mark();
        await SqlAsync(source, "UPDATE t SET v = 'bad'");
        harness.Rds.Settle();
        await harness.Rds.CallAsync(
            "RestoreDBClusterToPointInTime", $"SourceDBClusterIdentifier=ledger&DBClusterIdentifier=restored&RestoreToTime={Text(good)}");
        await harness.ClusterAvailableAsync("restored");
        await harness.Rds.MemberAsync("restored", "restored-1");
        var restored = await harness.ClusterAvailableAsync("restored");
        Assert.NotEqual(source, restored);
        Assert.Equal(restored, await harness.AvailableAsync("restored-1"));
        Assert.Equal("1=good", await SqlAsync(restored, Rows));
        Assert.Equal("1=bad", await SqlAsync(source, Rows));
    }

    [ToolFact("postgres", "psql")]
    public async Task Restores_what_is_deleted_from_its_retained_backups()
    {
        await using var harness = await StartAsync();
        var source = await harness.InstanceAsync("src");
        var resource = (await harness.Rds.InstanceOfAsync("src")).Element("DbiResourceId")!.Value;
        await SqlAsync(source, "CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, 'good')");
        var good = harness.Mark();
        await SqlAsync(source, "DROP TABLE t");
        harness.Rds.Settle();
        await harness.Rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=src&SkipFinalSnapshot=true&DeleteAutomatedBackups=false");
        harness.Rds.Settle();
        await harness.Rds.CallAsync("DescribeDBInstances");
        await harness.Rds.CallAsync(
            "RestoreDBInstanceToPointInTime", $"SourceDbiResourceId={resource}&TargetDBInstanceIdentifier=dst&RestoreTime={Text(good)}");
        Assert.Equal("1=good", await SqlAsync(await harness.AvailableAsync("dst"), Rows));
        Assert.NotEqual(0, (await RunAsync(source, "SELECT 1")).ExitCode);
    }
}
