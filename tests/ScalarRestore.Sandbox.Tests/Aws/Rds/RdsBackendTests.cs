using ScalarRestore.Sandbox.Aws.Rds;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>What stands behind the endpoints is told of everything, and may say where it listens.</summary>
public sealed class RdsBackendTests
{
    private readonly Recorder _backend = new();
    private readonly RdsHarness _rds;

    public RdsBackendTests() => _rds = new RdsHarness(_backend);

    [Fact]
    public async Task Tells_of_the_life_of_an_instance()
    {
        await _rds.InstanceAsync("src");
        var at = _rds.Region.Window(_rds.Region.Instances["src"], _rds.Now)!.Value.Latest;
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true");
        Assert.Null((await _rds.InstanceOfAsync("dst")).Element("Endpoint"));
        _rds.Settle();
        var endpoint = (await _rds.InstanceOfAsync("dst")).Element("Endpoint")!;
        Assert.Equal(("127.0.0.2", "15432"), (endpoint.Element("Address")!.Value, endpoint.Element("Port")!.Value));
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=dst&NewDBInstanceIdentifier=new&ApplyImmediately=true");
        _rds.Settle();
        await _rds.InstanceOfAsync("new");
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=new&SkipFinalSnapshot=true");
        _rds.Settle();
        await _rds.CallAsync("DescribeDBInstances");
        Assert.Equal(
            ["create src", "open src", $"restore src dst {at:HH:mm:ss}", "open dst", "rename dst new", "open new", "delete new"], _backend.Calls);
    }

    [Fact]
    public async Task Opens_a_cluster_with_its_first_member_and_shares_its_address()
    {
        await _rds.ClusterAsync("c");
        Assert.Equal(["create c"], _backend.Calls);
        await _rds.MemberAsync("c", "w");
        await _rds.MemberAsync("c", "r");
        _rds.Settle();
        var cluster = await _rds.ClusterOfAsync("c");
        Assert.Equal(["create c", "open c"], _backend.Calls);
        Assert.Equal(
            ("127.0.0.2", "127.0.0.2", "15432"),
            (cluster.Element("Endpoint")!.Value, cluster.Element("ReaderEndpoint")!.Value, cluster.Element("Port")!.Value));
        Assert.Equal("127.0.0.2", (await _rds.InstanceOfAsync("r")).Element("Endpoint")!.Element("Address")!.Value);
    }

    [Fact]
    public async Task Is_available_no_earlier_than_what_stands_behind_it()
    {
        var opening = new TaskCompletionSource();
        _backend.Opening = opening.Task;
        Assert.Equal("modifying", (await _rds.InstanceAsync("src")).Element("DBInstanceStatus")!.Value);
        opening.SetResult();
        await UntilAsync("available");
    }

    [Fact]
    public async Task Is_dead_when_what_stands_behind_it_cannot_be_opened()
    {
        _backend.Opening = Task.FromException(new InvalidOperationException("no"));
        await _rds.InstanceAsync("src");
        await UntilAsync("failed");
    }

    [Fact]
    public async Task Tells_of_new_passwords_and_ports()
    {
        await _rds.InstanceAsync("src");
        await _rds.CallAsync(
            "ModifyDBInstance", "DBInstanceIdentifier=src&MasterUserPassword=other-456&DBPortNumber=6000&ApplyImmediately=true");
        _rds.Settle();
        await _rds.InstanceOfAsync("src");
        Assert.Equal(["create src", "open src", "open src", "password other-456"], _backend.Calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keeps_backups_that_are_retained()
    {
        await _rds.InstanceAsync("src");
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=src&SkipFinalSnapshot=true&DeleteAutomatedBackups=false");
        _rds.Settle();
        await _rds.CallAsync("DescribeDBInstances");
        Assert.Equal("delete src but its backups", _backend.Calls[^1]);
    }

    // What follows from the work of what stands behind it happens on another thread.
    private async Task UntilAsync(string status)
    {
        while (await _rds.StatusAsync("src") != status)
            await Task.Yield();
    }

    private sealed class Recorder : IDatabaseBackend
    {
        public List<string> Calls { get; } = [];

        public Task Opening { get; set; } = Task.CompletedTask;

        public DatabaseAddress? Address(DatabaseIdentity database) => new("127.0.0.2", 15432);

        public Task CreateAsync(DatabaseIdentity database)
        {
            Calls.Add("create " + database.Identifier);
            return Task.CompletedTask;
        }

        public Task RestoreAsync(DatabaseIdentity source, DatabaseIdentity target, DateTimeOffset asOf)
        {
            Calls.Add($"restore {source.Identifier} {target.Identifier} {asOf:HH:mm:ss}");
            return Task.CompletedTask;
        }

        public Task OpenAsync(DatabaseIdentity database)
        {
            Calls.Add("open " + database.Identifier);
            return Opening;
        }

        public void Rename(DatabaseIdentity database, string oldIdentifier) => Calls.Add($"rename {oldIdentifier} {database.Identifier}");

        public Task ChangePasswordAsync(DatabaseIdentity database)
        {
            Calls.Add("password " + database.MasterPassword);
            return Task.CompletedTask;
        }

        public void Delete(DatabaseIdentity database, bool keepBackups) =>
            Calls.Add("delete " + database.Identifier + (keepBackups ? " but its backups" : ""));
    }
}
