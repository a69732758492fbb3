using ScalarRestore.Engine.Databases;

namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>Servers are found from what workloads' JDBC URLs name.</summary>
public sealed class DiscoveryTests(FlexibleSandbox sandbox) : IClassFixture<FlexibleSandbox>
{
    [Fact]
    public async Task A_server_is_found_by_its_host_with_its_window()
    {
        await sandbox.MakeAsync("mysql", "plain");
        var found = Assert.Single(await sandbox.Provider("mysql").FindAsync(FlexibleSandbox.Query("jdbc:mysql://PLAIN.mysql.database.azure.com:3306/app?sslMode=REQUIRED"), CancellationToken.None));
        Assert.Equal((DatabaseKind.AzureMySQL, "plain", "japaneast", sandbox.Id("mysql", "plain"), "Ready"), (found.Kind, found.Identifier, found.Region, found.ResourceId, found.Status));
        Assert.Equal(["default/app"], found.Workloads);
        Assert.StartsWith("Azure Database for MySQL 8", found.Engine, StringComparison.Ordinal);
        Assert.True(found.EarliestRestorableTime < found.LatestRestorableTime);
        Assert.Empty(found.Faults);
    }

    [Fact]
    public async Task A_virtual_endpoint_a_private_name_and_a_replica_lead_to_one_primary()
    {
        await sandbox.MakeAsync("postgresql", "primary", """
            "properties":{"network":{"delegatedSubnetResourceId":"/subscriptions/s/subnets/db","privateDnsZoneArmResourceId":"/subscriptions/s/resourceGroups/n/providers/Microsoft.Network/privateDnsZones/own.postgres.database.azure.com"}},
            "virtualEndpoints":[{"name":"vip","properties":{"endpointType":"ReadWrite","members":["primary"]}}]
            """);
        await sandbox.MakeAsync("postgresql", "second", "\"replicaOf\":\"primary\"");
        string[] hosts =
        [
            "primary.postgres.database.azure.com", "vip.writer.postgres.database.azure.com", "vip.reader.postgres.database.azure.com",
            "primary.privatelink.postgres.database.azure.com", "primary.own.postgres.database.azure.com", "second.postgres.database.azure.com",
        ];
        var query = FlexibleSandbox.Query([.. hosts.Select(host => $"jdbc:postgresql://{host}:5432/app")]);
        var provider = sandbox.Provider("postgresql");
        var found = Assert.Single(await provider.FindAsync(query, CancellationToken.None));
        Assert.Equal("primary", found.Identifier);

        var run = new PlanRun(await provider.CaptureAsync(query, FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await run.RunAsync(provider);
        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal(hosts.Order(StringComparer.Ordinal), database.Endpoints.Select(change => change.Old).Order(StringComparer.Ordinal));
        Assert.All(database.Endpoints, change => Assert.Equal($"primary-{FlexibleSandbox.Run}.postgres.database.azure.com", change.New));
        Assert.Contains(database.Drift, line => line.Contains("virtual endpoint vip leads to the old server; values that name it get the new server's own host", StringComparison.Ordinal));
        Assert.Contains(database.Drift, line => line.Contains("second.postgres.database.azure.com, a read replica of the old server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Workloads_that_share_a_server_are_listed_with_it()
    {
        await sandbox.MakeAsync("postgresql", "shared");
        var storage = new WorkloadStorage { Storage = "jdbc", ContactPoints = "jdbc:postgresql://shared.postgres.database.azure.com/a" };
        var query = new DatabaseQuery { Workloads = [FlexibleSandbox.Workload([storage]), FlexibleSandbox.Workload([storage]) with { Name = "ledger" }] };
        Assert.Equal(["default/app", "default/ledger"], Assert.Single(await sandbox.Provider("postgresql").FindAsync(query, CancellationToken.None)).Workloads);
    }

    [Theory]
    [InlineData("jdbc:postgresql://none.postgres.database.azure.com/a", "-DatabaseIdentifier")]
    [InlineData("jdbc:postgresql://none.postgres.database.chinacloudapi.cn/a", "AzureChinaCloud")]
    public async Task What_is_not_found_is_told_with_where_to_look(string url, string mend)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider("postgresql").FindAsync(FlexibleSandbox.Query(url), CancellationToken.None));
        Assert.Equal("DatabaseNotFound", fault.Id);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_where_nothing_is_of_the_engine()
    {
        await sandbox.Process.Control.ClearCallsAsync();
        var query = FlexibleSandbox.Query("jdbc:postgresql://x.postgres.database.azure.com/a", "jdbc:mysql://x.cluster-abc.us-east-1.rds.amazonaws.com/a");
        Assert.Empty(await sandbox.Provider("mysql").FindAsync(query, CancellationToken.None));
        Assert.Same(NothingCaptured.Instance, await sandbox.Provider("mysql").CaptureAsync(query, FlexibleSandbox.Intent(sandbox.Clock.GetUtcNow()), CancellationToken.None));
        Assert.Empty(await sandbox.Process.Control.CallsAsync());
    }
}
