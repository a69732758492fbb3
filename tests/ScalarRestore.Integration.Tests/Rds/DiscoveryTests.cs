using System.Xml.Linq;

namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>From a workload's JDBC URL to the database that owns the endpoint.</summary>
public sealed class DiscoveryTests(RdsSandbox sandbox) : IClassFixture<RdsSandbox>
{
    [Fact]
    public async Task Every_endpoint_leads_to_its_owner_and_the_databases_of_a_run_are_told_once()
    {
        var cluster = await sandbox.MakeClusterAsync("owner");
        var instance = await sandbox.MakeInstanceAsync("single");
        var custom = (await sandbox.CallAsync("DescribeDBClusterEndpoints", "DBClusterEndpointIdentifier=owner-batch")).Element("DBClusterEndpoints")!.Elements().Single().Element("Endpoint")!.Value;
        var member = (await sandbox.InstanceAsync("owner-r1")).Element("Endpoint")!.Element("Address")!.Value;
        string[] hosts = [cluster.Element("Endpoint")!.Value, cluster.Element("ReaderEndpoint")!.Value.ToUpperInvariant(), custom, member];
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        foreach (var host in hosts)
        {
            var found = Assert.Single(await provider.FindAsync(Query(Workload("ledger", $"jdbc:postgresql://{host}:6000/app?ssl=true")), CancellationToken.None));
            Assert.Equal((DatabaseKind.Aurora, "owner", "available"), (found.Kind, found.Identifier, found.Status));
            Assert.Equal(["prod/ledger"], found.Workloads);
            Assert.Empty(found.Faults);
        }

        var address = instance.Element("Endpoint")!.Element("Address")!.Value;
        var both = await provider.FindAsync(
            Query(Workload("ledger", $"jdbc:postgresql://{hosts[0]}:6000,{hosts[1]}:6000/app".Replace(",", @"\,", StringComparison.Ordinal)), Workload("auditor", $"jdbc:postgresql://{address}:6000/app")),
            CancellationToken.None);
        Assert.Equal(["owner", "single"], both.Select(database => database.Identifier));
        Assert.Equal(DatabaseKind.RDS, both[1].Kind);
        Assert.NotNull(both[1].EarliestRestorableTime);
        Assert.Equal([$"{address}:6000"], both[1].Endpoints);
        Assert.StartsWith("postgres 16", both[1].Engine, StringComparison.Ordinal);

        var byArn = Assert.Single(await provider.FindAsync(
            new DatabaseQuery { Selection = new DatabaseSelection { Identifiers = [instance.Element("DBInstanceArn")!.Value] } }, CancellationToken.None));
        Assert.Equal("single", byArn.Identifier);
    }

    [Fact]
    public async Task An_alias_leads_to_its_endpoint_is_told_and_moves_with_it()
    {
        var source = await sandbox.MakeInstanceAsync("aliased");
        var address = source.Element("Endpoint")!.Element("Address")!.Value;
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory, resolve: (host, _) => Task.FromResult(host == "db.example.com" ? address : host));
        var query = Query(Workload("ledger", "jdbc:postgresql://db.example.com:6000/app"));
        Assert.Equal([$"{address}:6000", "db.example.com:6000"], Assert.Single(await provider.FindAsync(query, CancellationToken.None)).Endpoints);

        var intent = RdsSandbox.Intent(await sandbox.PointAsync(() => sandbox.InstanceAsync("aliased")));
        var capture = await provider.CaptureAsync(query, intent, CancellationToken.None);
        Assert.Contains(capture.Warnings, warning => warning.StartsWith("db.example.com:6000 is an alias (CNAME) of DB instance aliased", StringComparison.Ordinal));
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);
        var moved = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Endpoints;
        Assert.Equal([$"{address}:6000", "db.example.com:6000"], moved.Select(change => change.Old));
        Assert.Single(moved.Select(change => change.New).Distinct());
    }

    [Fact]
    public async Task A_host_that_nobody_owns_is_told_with_the_workload()
    {
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider(factory).FindAsync(
            Query(Workload("ledger", "jdbc:postgresql://gone.c1.ap-northeast-1.rds.amazonaws.com/app")), CancellationToken.None));
        Assert.Equal("DatabaseNotFound", fault.Id);
        Assert.Contains("prod/ledger", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-ProfileName", fault.Mend, StringComparison.Ordinal);
    }

    private DatabaseQuery Query(params ScalarWorkload[] workloads) => new() { Workloads = workloads, Selection = new DatabaseSelection { Region = sandbox.Process.AwsRegion } };

    private static ScalarWorkload Workload(string name, string url) => new()
    {
        Cluster = "https://cluster",
        Namespace = "prod",
        Name = name,
        Product = ScalarProduct.Ledger,
        Chart = "scalardl",
        ChartVersion = "4.5.3",
        Deployment = name,
        Replicas = 3,
        Revision = 1,
        ReleaseStatus = "deployed",
        ReadyReplicas = 3,
        Pods = 3,
        Connection = new KubernetesConnection(),
        Storages = [new WorkloadStorage { Storage = "jdbc", ContactPoints = url }],
    };
}
