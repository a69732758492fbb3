namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>Throttling, lost answers, broken connections, and parameters that wait for a reboot.</summary>
public sealed class TroubleTests(RdsSandbox sandbox) : IClassFixture<RdsSandbox>
{
    private const string Run = "20260101-000000-ab12";

    [Theory]
    [InlineData(false, "loseAnswer")]
    [InlineData(false, "drop")]
    [InlineData(true, "loseAnswer")]
    [InlineData(true, "drop")]
    public async Task Each_change_survives_a_lost_answer_without_being_made_twice(bool cluster, string effect)
    {
        var name = $"{(cluster ? "c" : "i")}{effect.ToLowerInvariant()}";
        var (run, provider, factory) = await PlanAsync(name, cluster);
        using var _ = factory;
        await sandbox.Process.Control.SetFaultsAsync([
            .. ((string[])["RestoreDBInstanceToPointInTime", "RestoreDBClusterToPointInTime", "CreateDBInstance", "ModifyDBInstance", "ModifyDBCluster", "AddRoleToDBInstance", "AddRoleToDBCluster",
                "EnableHttpEndpoint", "CreateDBClusterEndpoint"]).Select(operation => $$"""{"service":"rds","operation":"{{operation}}","effect":"{{effect}}","times":1}"""),
        ]);
        await sandbox.Process.Control.ClearCallsAsync();
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        var calls = await sandbox.Process.Control.CallsAsync();
        var again = effect == "drop" ? 1 : 0;
        int Sent(string operation) => calls.Count(call => call.Operation == operation && call.Status is 0 or 200);
        Assert.Equal(1 + again, Sent(cluster ? "RestoreDBClusterToPointInTime" : "RestoreDBInstanceToPointInTime"));
        Assert.Equal(cluster ? 3 + again : 0, Sent("CreateDBInstance"));
        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.True(database.Verified);
        Assert.DoesNotContain(database.Drift, line => !line.Contains("Secrets Manager", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Throttling_and_outages_are_waited_for(bool cluster)
    {
        var (run, provider, factory) = await PlanAsync(cluster ? "busyc" : "busyi", cluster);
        using var _ = factory;
        await sandbox.Process.Control.SetFaultsAsync(
            """{"service":"rds","operation":"*","effect":"throttle","probability":0.2,"times":0}""", """{"service":"rds","operation":"*","effect":"error","status":503,"probability":0.1,"times":0}""");
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        Assert.True(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Verified);
    }

    [Fact]
    public async Task Parameters_that_wait_for_a_reboot_are_told()
    {
        var (run, provider, factory) = await PlanAsync("reboot", cluster: false);
        using var _ = factory;
        await sandbox.Process.Control.PatchSettingsAsync("""{"rds":{"restoredParametersPendReboot":true}}""");
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.PatchSettingsAsync("""{"rds":{"restoredParametersPendReboot":false}}""");
        }

        Assert.Contains(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Drift, line => line.Contains("reboot-db-instance --db-instance-identifier reboot-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_with_two_readable_standbys_gets_its_instances_by_itself()
    {
        await sandbox.CallAsync(
            "CreateDBCluster",
            "DBClusterIdentifier=multi&Engine=postgres&DBClusterInstanceClass=db.m6gd.large&AllocatedStorage=100&StorageType=io1&Iops=1000&MasterUsername=adm&MasterUserPassword=secret-123"
            + "&Port=6000&DBSubnetGroupName=own&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own&DeletionProtection=true&CopyTagsToSnapshot=true");
        await sandbox.SettledAsync(() => sandbox.ClusterAsync("multi"), "Status");
        var (run, provider, factory) = await PlanAsync("multi", cluster: true, make: false);
        using var _ = factory;
        Assert.DoesNotContain(run.Steps, step => step.Kind == "aurora.member");
        await run.RunAsync(provider);
        var restored = await sandbox.ClusterAsync($"multi-{Run}");
        Assert.Equal(3, restored.Element("DBClusterMembers")!.Elements().Count());
        Assert.Equal(("db.m6gd.large", "1000", "6000", "true"), (restored.Element("DBClusterInstanceClass")!.Value, restored.Element("Iops")!.Value, restored.Element("Port")!.Value, restored.Element("DeletionProtection")!.Value));
        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal(DatabaseKind.RDS, database.Kind);
        Assert.Empty(database.Drift);
    }

    private async Task<(PlanRun Run, Engine.Databases.Rds.RdsProvider Provider, Engine.Clients.Aws.AwsClientFactory Factory)> PlanAsync(string name, bool cluster, bool make = true)
    {
        if (make)
            _ = cluster ? await sandbox.MakeClusterAsync(name) : await sandbox.MakeInstanceAsync(name);

        var intent = RdsSandbox.Intent(await sandbox.PointAsync(() => cluster ? sandbox.ClusterAsync(name) : sandbox.InstanceAsync(name)));
        var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        return (new PlanRun(await provider.CaptureAsync(sandbox.Query(name), intent, CancellationToken.None), intent.RunId, sandbox.Clock), provider, factory);
    }
}
