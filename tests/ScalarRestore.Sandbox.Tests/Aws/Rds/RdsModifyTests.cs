using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>Modifications: pending first, then with statuses of their own.</summary>
public sealed class RdsModifyTests
{
    private readonly RdsHarness _rds = new();

    [Theory]
    [InlineData("MonitoringInterval=60&MonitoringRoleArn=arn:aws:iam::1:role/m", "available configuring-enhanced-monitoring available")]
    [InlineData("CloudwatchLogsExportConfiguration.EnableLogTypes.member.1=postgresql", "available configuring-log-exports available")]
    [InlineData("EnableIAMDatabaseAuthentication=true&ApplyImmediately=true", "available configuring-iam-database-auth available")]
    [InlineData("EngineVersion=16.6&ApplyImmediately=true", "available upgrading available")]
    [InlineData("EngineVersion=16.6", "available")]
    [InlineData("AllocatedStorage=30&ApplyImmediately=true", "available modifying storage-optimization available")]
    [InlineData("DeletionProtection=true", "available")]
    public async Task Passes_through_the_status_of_the_change(string fields, string statuses)
    {
        await _rds.InstanceAsync("i");
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=i&" + fields);
        Assert.Equal(statuses, await _rds.StatusesAsync("i", 3));
    }

    [Fact]
    public async Task Keeps_what_may_wait_until_something_is_applied_immediately()
    {
        await _rds.InstanceAsync("i");
        var answer = await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=i&DBInstanceClass=db.m6g.xlarge&AllocatedStorage=30");
        Assert.Equal("db.m6g.xlarge", answer.Descendants("PendingModifiedValues").Single().Element("DBInstanceClass")!.Value);
        _rds.Settle();
        var instance = await _rds.InstanceOfAsync("i");
        Assert.Equal("db.m6g.large", instance.Element("DBInstanceClass")!.Value);
        Assert.Equal("30", instance.Element("PendingModifiedValues")!.Element("AllocatedStorage")!.Value);
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=i&ApplyImmediately=true");
        _rds.Settle();
        instance = await _rds.InstanceOfAsync("i");
        Assert.Equal(("db.m6g.xlarge", "30"), (instance.Element("DBInstanceClass")!.Value, instance.Element("AllocatedStorage")!.Value));
        Assert.Empty(instance.Element("PendingModifiedValues")!.Elements());
    }

    [Fact]
    public async Task Swaps_the_names_of_two_instances()
    {
        var first = await _rds.InstanceAsync("prod");
        await _rds.InstanceAsync("prod-new");
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=prod&NewDBInstanceIdentifier=prod-old&ApplyImmediately=true");
        Assert.Equal("DBInstanceAlreadyExists", (await _rds.RefusalAsync("ModifyDBInstance", "DBInstanceIdentifier=prod-new&NewDBInstanceIdentifier=prod-old&ApplyImmediately=true")).Code);
        Assert.Equal("DBInstanceAlreadyExists", (await _rds.RefusalAsync("ModifyDBInstance", "DBInstanceIdentifier=prod-new&NewDBInstanceIdentifier=prod&ApplyImmediately=true")).Code);
        _rds.Pass(0.3);
        Assert.Equal("renaming", await _rds.StatusAsync("prod"));
        Assert.Equal("DBInstanceNotFound", (await _rds.RefusalAsync("DescribeDBInstances", "DBInstanceIdentifier=prod-old")).Code);
        _rds.Settle();
        Assert.Equal("DBInstanceNotFound", (await _rds.RefusalAsync("DescribeDBInstances", "DBInstanceIdentifier=prod")).Code);
        var renamed = await _rds.InstanceOfAsync("prod-old");
        Assert.Equal(first.Element("DbiResourceId")!.Value, renamed.Element("DbiResourceId")!.Value);
        Assert.StartsWith("prod-old.", renamed.Element("Endpoint")!.Element("Address")!.Value, StringComparison.Ordinal);
        Assert.EndsWith(":db:prod-old", renamed.Element("DBInstanceArn")!.Value, StringComparison.Ordinal);
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=prod-new&NewDBInstanceIdentifier=prod&ApplyImmediately=true");
        _rds.Settle();
        Assert.Equal("available", await _rds.StatusAsync("prod"));
    }

    [Fact]
    public async Task Has_new_parameters_wait_for_a_reboot()
    {
        await _rds.InstanceAsync("i");
        await _rds.CallAsync("CreateDBParameterGroup", "DBParameterGroupName=own&DBParameterGroupFamily=postgres16&Description=d");
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=i&DBParameterGroupName=own");
        _rds.Settle();
        Assert.Equal("own pending-reboot", await ParametersAsync());
        await _rds.CallAsync("RebootDBInstance", "DBInstanceIdentifier=i");
        Assert.Equal("rebooting available", await _rds.StatusesAsync("i", 2));
        Assert.Equal("own in-sync", await ParametersAsync());

        async Task<string> ParametersAsync() =>
            string.Join(' ', (await _rds.InstanceOfAsync("i")).Element("DBParameterGroups")!.Descendants().Where(e => !e.HasElements).Select(e => e.Value));
    }

    [Fact]
    public async Task Changes_nothing_when_a_part_is_refused()
    {
        await _rds.InstanceAsync("i");
        await _rds.RefusalAsync("ModifyDBInstance", "DBInstanceIdentifier=i&DeletionProtection=true&PromotionTier=3&DBInstanceClass=db.m6g.xlarge&MonitoringInterval=7");
        var instance = await _rds.InstanceOfAsync("i");
        Assert.Equal("false", instance.Element("DeletionProtection")!.Value);
        Assert.Empty(instance.Element("PendingModifiedValues")!.Elements());
    }

    [Fact]
    public async Task Has_the_parameters_of_a_restore_wait_for_a_reboot_where_wanted()
    {
        await _rds.InstanceAsync("src");
        await _rds.CallAsync("CreateDBParameterGroup", "DBParameterGroupName=own&DBParameterGroupFamily=postgres16&Description=d");
        _rds.Set("""{"restoredParametersPendReboot":true}""");
        const string Form = "SourceDBInstanceIdentifier=src&UseLatestRestorableTime=true&TargetDBInstanceIdentifier=";
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", Form + "own&DBParameterGroupName=own");
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", Form + "plain");
        Assert.Equal("pending-reboot", (await _rds.InstanceOfAsync("own")).Descendants("ParameterApplyStatus").Single().Value);
        Assert.Equal("in-sync", (await _rds.InstanceOfAsync("plain")).Descendants("ParameterApplyStatus").Single().Value);
    }

    [Fact]
    public async Task Manages_a_password_in_another_secret_each_time()
    {
        await _rds.ClusterAsync("c");
        await _rds.CallAsync("ModifyDBCluster", "DBClusterIdentifier=c&ManageMasterUserPassword=true");
        _rds.Settle();
        var first = (await _rds.ClusterOfAsync("c")).Element("MasterUserSecret")!;
        Assert.Equal("active", first.Element("SecretStatus")!.Value);
        await _rds.CallAsync("ModifyDBCluster", "DBClusterIdentifier=c&ManageMasterUserPassword=false&MasterUserPassword=secret-456&ApplyImmediately=true");
        _rds.Settle();
        Assert.Null((await _rds.ClusterOfAsync("c")).Element("MasterUserSecret"));
        await _rds.CallAsync("ModifyDBCluster", "DBClusterIdentifier=c&ManageMasterUserPassword=true");
        _rds.Settle();
        Assert.NotEqual(
            first.Element("SecretArn")!.Value, (await _rds.ClusterOfAsync("c")).Element("MasterUserSecret")!.Element("SecretArn")!.Value);
    }

    [Fact]
    public async Task Renames_a_cluster_with_its_endpoints()
    {
        await _rds.ClusterAsync("c");
        await _rds.MemberAsync("c", "m");
        _rds.Settle();
        await _rds.CallAsync("CreateDBClusterEndpoint", "DBClusterIdentifier=c&DBClusterEndpointIdentifier=e&EndpointType=READER&StaticMembers.member.1=m");
        _rds.Settle();
        await _rds.CallAsync("ModifyDBCluster", "DBClusterIdentifier=c&NewDBClusterIdentifier=d&ApplyImmediately=true");
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=m&NewDBInstanceIdentifier=n&ApplyImmediately=true");
        _rds.Settle();
        var cluster = await _rds.ClusterOfAsync("d");
        Assert.Matches(@"^d\.cluster-c[0-9a-z]+\.ap-northeast-1\.rds\.amazonaws\.com$", cluster.Element("Endpoint")!.Value);
        Assert.StartsWith("d.cluster-ro-", cluster.Element("ReaderEndpoint")!.Value, StringComparison.Ordinal);
        Assert.StartsWith("e.cluster-custom-", cluster.Element("CustomEndpoints")!.Element("member")!.Value, StringComparison.Ordinal);
        var endpoints = (await _rds.CallAsync("DescribeDBClusterEndpoints", "DBClusterIdentifier=d")).Element("DBClusterEndpoints")!.Elements("DBClusterEndpointList").ToArray();
        Assert.Equal(["CUSTOM", "READER", "WRITER"], endpoints.Select(e => e.Element("EndpointType")!.Value));
        Assert.Equal("n", endpoints[0].Element("StaticMembers")!.Element("member")!.Value);
        await _rds.CallAsync("ModifyDBClusterEndpoint", "DBClusterEndpointIdentifier=e&ExcludedMembers.member.1=n");
        _rds.Settle();
        var deleted = await _rds.CallAsync("DeleteDBClusterEndpoint", "DBClusterEndpointIdentifier=e");
        Assert.Equal("deleting", deleted.Element("Status")!.Value);
        Assert.Equal("n", deleted.Element("ExcludedMembers")!.Element("member")!.Value);
        _rds.Settle();
        Assert.Equal("DBClusterEndpointNotFoundFault", (await _rds.RefusalAsync("DeleteDBClusterEndpoint", "DBClusterEndpointIdentifier=e")).Code);
    }

    [Fact]
    public async Task Switches_the_data_api_by_its_own_operations_only()
    {
        await _rds.ClusterAsync("c");
        _rds.Settle();
        var arn = (await _rds.ClusterOfAsync("c")).Element("DBClusterArn")!.Value;
        Assert.Equal("InvalidParameterCombination", (await _rds.RefusalAsync("ModifyDBCluster", "DBClusterIdentifier=c&EnableHttpEndpoint=true")).Code);
        var answer = await _rds.CallAsync("EnableHttpEndpoint", $"ResourceArn={arn}");
        Assert.Equal((arn, "true"), (answer.Element("ResourceArn")!.Value, answer.Element("HttpEndpointEnabled")!.Value));
        Assert.Equal("true", (await _rds.ClusterOfAsync("c")).Element("HttpEndpointEnabled")!.Value);
        await _rds.CallAsync("DisableHttpEndpoint", $"ResourceArn={arn}");
        Assert.Equal("false", (await _rds.ClusterOfAsync("c")).Element("HttpEndpointEnabled")!.Value);
        Assert.Equal("DBClusterNotFoundFault", (await _rds.RefusalAsync("EnableHttpEndpoint", $"ResourceArn={arn}x")).Code);
    }

    [Fact]
    public async Task Associates_roles_after_a_while()
    {
        await _rds.InstanceAsync("i");
        await _rds.ClusterAsync("c");
        var form = "DBInstanceIdentifier=i&RoleArn=arn:aws:iam::1:role/r&FeatureName=s3Import";
        await _rds.CallAsync("AddRoleToDBInstance", form);
        await _rds.CallAsync("AddRoleToDBCluster", "DBClusterIdentifier=c&RoleArn=arn:aws:iam::1:role/r");
        Assert.Equal("DBInstanceRoleAlreadyExists", (await _rds.RefusalAsync("AddRoleToDBInstance", form)).Code);
        Assert.Equal("PENDING", (await _rds.InstanceOfAsync("i")).Element("AssociatedRoles")!.Element("DBInstanceRole")!.Element("Status")!.Value);
        _rds.Settle();
        Assert.Equal("ACTIVE", (await _rds.InstanceOfAsync("i")).Element("AssociatedRoles")!.Element("DBInstanceRole")!.Element("Status")!.Value);
        Assert.Equal("ACTIVE", (await _rds.ClusterOfAsync("c")).Element("AssociatedRoles")!.Element("DBClusterRole")!.Element("Status")!.Value);
        await _rds.CallAsync("RemoveRoleFromDBInstance", form);
        _rds.Settle();
        Assert.Empty((await _rds.InstanceOfAsync("i")).Element("AssociatedRoles")!.Elements());
        Assert.Equal("DBInstanceRoleNotFound", (await _rds.RefusalAsync("RemoveRoleFromDBInstance", form)).Code);
    }
}
