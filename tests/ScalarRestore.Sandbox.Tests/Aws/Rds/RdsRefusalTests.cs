using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>What RDS refuses, and by which code.</summary>
public sealed class RdsRefusalTests
{
    private const string Restore = "RestoreDBInstanceToPointInTime";
    private const string RestoreCluster = "RestoreDBClusterToPointInTime";

    private readonly RdsHarness _rds = new();

    [Theory]
    [InlineData("Iops=4000", "InvalidParameterValue")]
    [InlineData("Iops=4000&StorageType=gp3", "InvalidParameterCombination")]
    [InlineData("StorageThroughput=200&StorageType=gp3", "InvalidParameterCombination")]
    [InlineData("StorageType=io1", "InvalidParameterCombination")]
    [InlineData("StorageType=gp9", "StorageTypeNotSupported")]
    [InlineData("AvailabilityZone=ap-northeast-1a&MultiAZ=true", "InvalidParameterCombination")]
    [InlineData("AvailabilityZone=ap-northeast-1z", "InvalidVPCNetworkStateFault")]
    [InlineData("DBName=data", "InvalidParameterCombination")]
    [InlineData("ManageMasterUserPassword=true", "InvalidParameterCombination")]
    [InlineData("AllocatedStorage=10", "InvalidParameterCombination")]
    [InlineData("AllocatedStorage=21", "InvalidParameterCombination")]
    [InlineData("DBSubnetGroupName=none", "DBSubnetGroupNotFoundFault", 404)]
    [InlineData("DBParameterGroupName=none", "DBParameterGroupNotFound", 404)]
    [InlineData("DBParameterGroupName=default.postgres15", "InvalidParameterCombination")]
    [InlineData("OptionGroupName=none", "OptionGroupNotFoundFault", 404)]
    [InlineData("VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-none", "InvalidParameterValue")]
    [InlineData("TargetDBInstanceIdentifier=src", "DBInstanceAlreadyExists")]
    [InlineData("TargetDBInstanceIdentifier=SRC", "DBInstanceAlreadyExists")]
    [InlineData("TargetDBInstanceIdentifier=a--b", "InvalidParameterValue")]
    [InlineData("TargetDBInstanceIdentifier=a-", "InvalidParameterValue")]
    [InlineData("TargetDBInstanceIdentifier=1a", "InvalidParameterValue")]
    [InlineData("TargetDBInstanceIdentifier=a.b", "InvalidParameterValue")]
    [InlineData("SourceDBInstanceIdentifier=none", "DBInstanceNotFound", 404)]
    [InlineData("RestoreTime=2020-01-01T00:00:00Z", "InvalidParameterCombination")]
    [InlineData("UseLatestRestorableTime=false", "InvalidParameterCombination")]
    [InlineData("UseLatestRestorableTime=maybe", "MalformedInput")]
    public async Task Refuses_an_instance_restore(string fields, string code, int status = 400)
    {
        await _rds.InstanceAsync("src");
        var error = await _rds.RefusalAsync(
            Restore, RdsHarness.Merge("SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true", fields));
        Assert.Equal((code, status), (error.Code, error.Status));
        Assert.Equal(["src"], _rds.Region.Instances.Keys);
    }

    [Theory]
    [InlineData("MonitoringInterval=60", "InvalidParameterCombination")]
    [InlineData("EnablePerformanceInsights=false", "InvalidParameterCombination")]
    [InlineData("RestoreType=copy-on-write&RestoreToTime=2030-01-01T00:00:00Z", "InvalidParameterCombination")]
    [InlineData("RestoreType=fast", "InvalidParameterValue")]
    [InlineData("BacktrackWindow=3600", "InvalidParameterCombination")]
    [InlineData("DBClusterInstanceClass=db.r6g.large", "InvalidParameterCombination")]
    [InlineData("StorageType=gp3", "StorageTypeNotSupported")]
    [InlineData("KmsKeyId=none", "KMSKeyNotAccessibleFault")]
    [InlineData("DBSubnetGroupName=none", "DBSubnetGroupNotFoundFault", 404)]
    [InlineData("DBClusterParameterGroupName=none", "DBClusterParameterGroupNotFound", 404)]
    [InlineData("DBClusterIdentifier=src", "DBClusterAlreadyExistsFault")]
    [InlineData("DBClusterIdentifier=a_b", "InvalidParameterValue")]
    [InlineData("SourceDBClusterIdentifier=none", "DBClusterNotFoundFault", 404)]
    [InlineData("UseLatestRestorableTime=false&RestoreToTime=2020-01-01T00:00:00Z", "InvalidRestoreFault")]
    public async Task Refuses_a_cluster_restore(string fields, string code, int status = 400)
    {
        await _rds.ClusterAsync("src");
        var error = await _rds.RefusalAsync(
            RestoreCluster, RdsHarness.Merge("SourceDBClusterIdentifier=src&DBClusterIdentifier=dst&UseLatestRestorableTime=true", fields));
        Assert.Equal((code, status), (error.Code, error.Status));
        Assert.Equal(["src"], _rds.Region.Clusters.Keys);
    }

    [Theory]
    [InlineData("AllocatedStorage=20")]
    [InlineData("MasterUsername=adm")]
    [InlineData("VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1")]
    [InlineData("BackupRetentionPeriod=3")]
    [InlineData("DeletionProtection=true")]
    [InlineData("DBInstanceClass=db.serverless")]
    [InlineData("Engine=aurora-mysql")]
    public async Task Refuses_what_belongs_to_the_cluster_for_a_member(string fields)
    {
        await _rds.ClusterAsync("c");
        var error = await _rds.RefusalAsync(
            "CreateDBInstance",
            RdsHarness.Merge("DBInstanceIdentifier=m&DBClusterIdentifier=c&Engine=aurora-postgresql&DBInstanceClass=db.r6g.large", fields));
        Assert.Equal("InvalidParameterCombination", error.Code);
        await _rds.MemberAsync("c", "m");
    }

    [Fact]
    public async Task Refuses_a_member_as_the_source_of_an_instance()
    {
        await _rds.ClusterAsync("c");
        await _rds.MemberAsync("c", "m");
        _rds.Settle();
        var error = await _rds.RefusalAsync(Restore, "SourceDBInstanceIdentifier=m&TargetDBInstanceIdentifier=d&UseLatestRestorableTime=true");
        Assert.Equal("InvalidParameterCombination", error.Code);
        Assert.Contains("RestoreDBClusterToPointInTime", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_restore_without_backups()
    {
        await _rds.InstanceAsync("src", "BackupRetentionPeriod=0");
        var form = "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true";
        Assert.Equal("PointInTimeRestoreNotEnabled", (await _rds.RefusalAsync(Restore, form)).Code);
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=src&BackupRetentionPeriod=7&ApplyImmediately=true");
        _rds.Settle();
        await _rds.CallAsync(Restore, form);
    }

    [Fact]
    public async Task Finds_security_groups_in_another_network_than_the_subnets()
    {
        _rds.Region.Networks["vpc-own"] = new(
            "vpc-own", new Dictionary<string, string>(StringComparer.Ordinal) { ["subnet-1"] = "ap-northeast-1a", ["subnet-2"] = "ap-northeast-1c" }, ["sg-own"]);
        await _rds.CallAsync(
            "CreateDBSubnetGroup", "DBSubnetGroupName=own&DBSubnetGroupDescription=d&SubnetIds.SubnetIdentifier.1=subnet-1&SubnetIds.SubnetIdentifier.2=subnet-2");
        await _rds.InstanceAsync("src", "DBSubnetGroupName=own&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own");
        var form = "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own";
        var error = await _rds.RefusalAsync(Restore, form);
        Assert.Equal("InvalidParameterCombination", error.Code);
        Assert.Contains("different VPCs", error.Message, StringComparison.Ordinal);
        await _rds.CallAsync(Restore, form + "&DBSubnetGroupName=own");
    }

    [Fact]
    public async Task Refuses_more_than_the_quotas_allow()
    {
        await _rds.InstanceAsync("src");
        await _rds.ClusterAsync("c");
        var form = "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true";
        _rds.Set("""{"limits":{"instances":1}}""");
        Assert.Equal("InstanceQuotaExceeded", (await _rds.RefusalAsync(Restore, form)).Code);
        _rds.Set("""{"limits":{"instances":2,"allocatedStorage":39}}""");
        Assert.Equal("StorageQuotaExceeded", (await _rds.RefusalAsync(Restore, form)).Code);
        _rds.Set("""{"limits":{"allocatedStorage":40,"clusters":1}}""");
        await _rds.CallAsync(Restore, form);
        var error = await _rds.RefusalAsync(RestoreCluster, "SourceDBClusterIdentifier=c&DBClusterIdentifier=d&UseLatestRestorableTime=true");
        Assert.Equal(("DBClusterQuotaExceededFault", 403), (error.Code, error.Status));
        var quotas = (await _rds.CallAsync("DescribeAccountAttributes")).Descendants("AccountQuota");
        Assert.Contains(quotas, q => q.Element("AccountQuotaName")!.Value == "DBInstances" && q.Element("Used")!.Value == "2" && q.Element("Max")!.Value == "2");
    }

    [Fact]
    public async Task Refuses_a_key_that_is_disabled()
    {
        await _rds.InstanceAsync("src", "StorageEncrypted=true");
        await _rds.ClusterAsync("c", "StorageEncrypted=true");
        _rds.Region.Keys[_rds.Region.DefaultKey] = false;
        Assert.Equal(
            "KMSKeyNotAccessibleFault",
            (await _rds.RefusalAsync(Restore, "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true")).Code);
        Assert.Equal(
            "KMSKeyNotAccessibleFault",
            (await _rds.RefusalAsync(RestoreCluster, "SourceDBClusterIdentifier=c&DBClusterIdentifier=d&UseLatestRestorableTime=true")).Code);
    }

    [Fact]
    public async Task Takes_throughput_from_four_hundred_gigabytes_on()
    {
        await _rds.InstanceAsync("src", "AllocatedStorage=400");
        await _rds.CallAsync(
            Restore, "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true&StorageType=gp3&Iops=15000&StorageThroughput=600");
        var restored = await _rds.InstanceOfAsync("dst");
        Assert.Equal(("15000", "600"), (restored.Element("Iops")!.Value, restored.Element("StorageThroughput")!.Value));
        Assert.Equal("12000", (await _rds.InstanceOfAsync("src")).Element("Iops")!.Value);
    }

    [Fact]
    public async Task Refuses_changes_while_it_is_busy_and_deletion_while_it_is_protected()
    {
        await _rds.CallAsync("CreateDBInstance", $"DBInstanceIdentifier=i&{RdsHarness.Postgres}&DeletionProtection=true");
        await _rds.CallAsync("CreateDBCluster", $"DBClusterIdentifier=c&{RdsHarness.Aurora}&DeletionProtection=true");
        foreach (var operation in new[] { "ModifyDBInstance", "RebootDBInstance" })
            Assert.Equal("InvalidDBInstanceState", (await _rds.RefusalAsync(operation, "DBInstanceIdentifier=i")).Code);

        Assert.Equal("InvalidDBClusterStateFault", (await _rds.RefusalAsync("ModifyDBCluster", "DBClusterIdentifier=c")).Code);
        Assert.Equal(
            "InvalidDBClusterStateFault",
            (await _rds.RefusalAsync("CreateDBInstance", "DBInstanceIdentifier=m&DBClusterIdentifier=c&Engine=aurora-postgresql&DBInstanceClass=db.r6g.large")).Code);
        _rds.Settle();
        Assert.Equal("InvalidParameterCombination", (await _rds.RefusalAsync("DeleteDBInstance", "DBInstanceIdentifier=i&SkipFinalSnapshot=true")).Code);
        Assert.Equal("InvalidParameterCombination", (await _rds.RefusalAsync("DeleteDBCluster", "DBClusterIdentifier=c&SkipFinalSnapshot=true")).Code);
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=i&DeletionProtection=false");
        await _rds.CallAsync("ModifyDBCluster", "DBClusterIdentifier=c&DeletionProtection=false");
        Assert.Equal("InvalidParameterCombination", (await _rds.RefusalAsync("DeleteDBInstance", "DBInstanceIdentifier=i")).Code);
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=i&SkipFinalSnapshot=true");
        await _rds.CallAsync("DeleteDBCluster", "DBClusterIdentifier=c&SkipFinalSnapshot=true");
        Assert.Equal("deleting", await _rds.StatusAsync("i"));
        _rds.Settle();
        Assert.Equal(("DBInstanceNotFound", 404), Told(await _rds.RefusalAsync("DescribeDBInstances", "DBInstanceIdentifier=i")));
        Assert.Equal(("DBClusterNotFoundFault", 404), Told(await _rds.RefusalAsync("DescribeDBClusters", "DBClusterIdentifier=c")));

        static (string Code, int Status) Told(ScalarRestore.Sandbox.Aws.AwsException error) => (error.Code, error.Status);
    }

    [Fact]
    public async Task Throttles_what_comes_too_fast()
    {
        _rds.Set("""{"limits":{"callRates":{"DescribeDBInstances":3}}}""");
        for (var i = 0; i < 3; i++)
            await _rds.CallAsync("DescribeDBInstances");

        Assert.Equal("Throttling", (await _rds.RefusalAsync("DescribeDBInstances", "")).Code);
        await _rds.CallAsync("DescribeDBClusters");
        _rds.Pass(1);
        await _rds.CallAsync("DescribeDBInstances");
    }
}
