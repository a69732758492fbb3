using System.Net;
using ScalarRestore.Testing;
using Xunit;
using static ScalarRestore.Sandbox.Tests.Aws.Rds.PostgresHarness;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>Where the servers listen, and whom they let in.</summary>
public sealed class PostgresEndpointTests
{
    [ToolFact("postgres", "psql")]
    public async Task Lets_in_the_master_user_with_the_password_alone()
    {
        await using var harness = await StartAsync();
        var address = await harness.InstanceAsync("src", "Port=5544");
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(address.Host)));
        Assert.Equal("adm", await SqlAsync(address, "SELECT current_user"));
        Assert.Equal("off", await SqlAsync(address, "SELECT current_setting('is_superuser')"));
        Assert.Contains("password authentication failed", (await RunAsync(address, "SELECT 1", "wrong")).Error, StringComparison.Ordinal);

        await harness.Rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=src&MasterUserPassword=other-456&ApplyImmediately=true");
        Assert.Equal(address, await harness.AvailableAsync("src"));
        Assert.Equal("1", await SqlAsync(address, "SELECT 1", "other-456"));
        Assert.NotEqual(0, (await RunAsync(address, "SELECT 1")).ExitCode);
    }

    [ToolFact("postgres", "psql")]
    public async Task Differs_by_host_alone_where_the_whole_network_is_loopback()
    {
        if (!OperatingSystem.IsLinux())
            return;

        await using var harness = await StartAsync();
        var first = await harness.InstanceAsync("a", "Port=5545");
        var second = await harness.InstanceAsync("b", "Port=5545");
        Assert.Equal((5545, 5545), (first.Port, second.Port));
        Assert.NotEqual(first.Host, second.Host);
    }

    // As a restore that keeps the identifier does: the old one steps aside, and the restored one takes its name.
    [ToolFact("postgres", "psql")]
    public async Task Moves_endpoints_with_their_identifiers()
    {
        await using var harness = await StartAsync();
        var source = await harness.InstanceAsync("src");
        await SqlAsync(source, "CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, 'good')");
        var good = harness.Mark();
        await SqlAsync(source, "UPDATE t SET v = 'bad'");
        var restored = await harness.RestoreAsync("src", "dst", good);

        await harness.Rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=src&NewDBInstanceIdentifier=old&ApplyImmediately=true");
        var aside = await harness.AvailableAsync("old");
        Assert.DoesNotContain(aside, new[] { source, restored });
        Assert.NotEqual(0, (await RunAsync(source, "SELECT 1")).ExitCode);
        Assert.Equal("bad", await SqlAsync(aside, "SELECT v FROM t"));

        await harness.Rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=dst&NewDBInstanceIdentifier=src&ApplyImmediately=true");
        Assert.Equal(source, await harness.AvailableAsync("src"));
        Assert.Equal("good", await SqlAsync(source, "SELECT v FROM t"));
        Assert.NotEqual(0, (await RunAsync(restored, "SELECT 1")).ExitCode);
    }
}
