using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>The statuses that databases pass through as time passes.</summary>
public sealed class RdsStatusTests
{
    private readonly RdsHarness _rds = new();

    [Fact]
    public async Task A_new_instance_leaves_available_once_more()
    {
        var created = await _rds.CallAsync("CreateDBInstance", $"DBInstanceIdentifier=i&{RdsHarness.Postgres}");
        Assert.Equal("creating", created.Descendants("DBInstanceStatus").Single().Value);
        Assert.Empty(created.Descendants("Endpoint"));
        Assert.Equal("creating backing-up modifying available backing-up available", await _rds.StatusesAsync("i", 5));
        var endpoint = (await _rds.InstanceOfAsync("i")).Element("Endpoint")!;
        Assert.Matches(@"^i\.c[0-9a-z]+\.ap-northeast-1\.rds\.amazonaws\.com$", endpoint.Element("Address")!.Value);
    }

    [Fact]
    public async Task A_restored_instance_takes_the_time_of_a_restore()
    {
        await _rds.InstanceAsync("src");
        _rds.Set("""{"restoreInstanceSeconds":100,"flipSeconds":0}""");
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true");
        Assert.Equal("creating", await _rds.StatusesAsync("dst", 99));
        Assert.Equal("creating backing-up modifying available", await _rds.StatusesAsync("dst", 10));
    }

    [Fact]
    public async Task A_restored_cluster_is_available_without_members_and_then_gets_them_one_by_one()
    {
        await _rds.ClusterAsync("src");
        var answer = (await _rds.CallAsync(
            "RestoreDBClusterToPointInTime", "SourceDBClusterIdentifier=src&DBClusterIdentifier=dst&UseLatestRestorableTime=true")).Element("DBCluster")!;
        Assert.Equal("creating", answer.Element("Status")!.Value);
        Assert.Null(answer.Element("EarliestRestorableTime"));
        Assert.Null(answer.Element("LatestRestorableTime"));
        _rds.Pass(1);
        var cluster = await _rds.ClusterOfAsync("dst");
        Assert.Equal("available", cluster.Element("Status")!.Value);
        Assert.Empty(cluster.Element("DBClusterMembers")!.Elements());
        Assert.Equal("default", cluster.Element("DBSubnetGroup")!.Value);
        await _rds.MemberAsync("dst", "w");
        await _rds.MemberAsync("dst", "r", "PromotionTier=2");
        Assert.Equal("creating available", await _rds.StatusesAsync("w", 5));
        cluster = await _rds.ClusterOfAsync("dst");
        Assert.Equal(
            ["w true", "r false"],
            cluster.Descendants("DBClusterMember").Select(m => $"{m.Element("DBInstanceIdentifier")!.Value} {m.Element("IsClusterWriter")!.Value}"));
        Assert.NotNull(cluster.Element("EarliestRestorableTime"));
        Assert.Equal(
            "InvalidDBClusterStateFault", (await _rds.RefusalAsync("DeleteDBCluster", "DBClusterIdentifier=dst&SkipFinalSnapshot=true")).Code);
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=w");
        _rds.Settle();
        Assert.Equal("r", (await _rds.ClusterOfAsync("dst")).Descendants("DBClusterMember").Single().Element("DBInstanceIdentifier")!.Value);
    }

    [Fact]
    public async Task A_multi_zone_cluster_brings_its_members()
    {
        await _rds.CallAsync(
            "CreateDBCluster", "DBClusterIdentifier=c&Engine=postgres&DBClusterInstanceClass=db.m6gd.large&AllocatedStorage=100&StorageType=io1&Iops=1000&MasterUsername=adm&MasterUserPassword=secret-123");
        Assert.Equal("creating available", await _rds.StatusesAsync("c-instance-2", 3));
        Assert.Equal(3, (await _rds.ClusterOfAsync("c")).Descendants("DBClusterMember").Count());
        Assert.Equal("InvalidDBInstanceState", (await _rds.RefusalAsync("DeleteDBInstance", "DBInstanceIdentifier=c-instance-2")).Code);
        await _rds.CallAsync("DeleteDBCluster", "DBClusterIdentifier=c&SkipFinalSnapshot=true");
        _rds.Settle();
        Assert.Empty((await _rds.CallAsync("DescribeDBInstances")).Descendants("DBInstance"));
    }

    [Fact]
    public async Task Restores_and_members_of_a_given_name_end_dead()
    {
        await _rds.InstanceAsync("src");
        await _rds.ClusterAsync("c");
        _rds.Set("""{"failRestores":{"bad-*":"incompatible-parameters","worse":"failed"}}""");
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=bad-1&UseLatestRestorableTime=true");
        await _rds.CallAsync("RestoreDBClusterToPointInTime", "SourceDBClusterIdentifier=c&DBClusterIdentifier=worse&UseLatestRestorableTime=true");
        await _rds.MemberAsync("c", "bad-member");
        _rds.Settle();
        Assert.Equal("incompatible-parameters", await _rds.StatusAsync("bad-1"));
        Assert.Equal("incompatible-parameters", await _rds.StatusAsync("bad-member"));
        Assert.Equal("failed", await _rds.ClusterStatusAsync("worse"));
        Assert.Equal("available", await _rds.ClusterStatusAsync("c"));
        var events = (await _rds.CallAsync("DescribeEvents", "SourceType=db-instance&SourceIdentifier=bad-1&Duration=60")).Descendants("Event").ToArray();
        Assert.Contains("parameters", Assert.Single(events).Element("Message")!.Value, StringComparison.Ordinal);
        Assert.Equal("failure", events[0].Descendants("EventCategory").Single().Value);
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=bad-1&SkipFinalSnapshot=true");
        _rds.Settle();
        Assert.Equal("DBInstanceNotFound", (await _rds.RefusalAsync("DescribeDBInstances", "DBInstanceIdentifier=bad-1")).Code);
    }
}
