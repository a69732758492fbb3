using System.Xml.Linq;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>What a restored cluster has, and what it has not.</summary>
public sealed class RdsClusterRestoreTests
{
    private const string Restore = "SourceDBClusterIdentifier=src&DBClusterIdentifier=dst&UseLatestRestorableTime=true&";

    private const string Member = "DBInstanceIdentifier=m&DBClusterIdentifier=dst&Engine=aurora-postgresql&DBInstanceClass=db.serverless";

    private const string Chosen = "DBSubnetGroupName=own&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own&DBClusterParameterGroupName=own&Port=6000"
        + "&EnableIAMDatabaseAuthentication=true&DeletionProtection=true&CopyTagsToSnapshot=true&EnableCloudwatchLogsExports.member.1=postgresql"
        + "&StorageType=aurora-iopt1&ServerlessV2ScalingConfiguration.MinCapacity=1&ServerlessV2ScalingConfiguration.MaxCapacity=8"
        + "&EngineLifecycleSupport=open-source-rds-extended-support-disabled&PreferredBackupWindow=01:00-01:30";

    private static readonly string[] Lost =
    [
        "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId", "DBSubnetGroup", "DBClusterParameterGroup", "Port",
        "IAMDatabaseAuthenticationEnabled", "DeletionProtection", "CopyTagsToSnapshot", "EnabledCloudwatchLogsExports", "StorageType",
        "ServerlessV2ScalingConfiguration", "EngineLifecycleSupport", "PreferredBackupWindow", "PreferredMaintenanceWindow", "MonitoringInterval",
        "PerformanceInsightsEnabled", "DatabaseInsightsMode", "HttpEndpointEnabled", "AssociatedRoles", "CustomEndpoints", "MasterUserSecret",
        "DBClusterMembers",
    ];

    private readonly RdsHarness _rds = new();

    [Fact]
    public async Task Takes_the_defaults_for_what_is_left_out_and_follows_the_source_in_the_rest()
    {
        var source = await RichSourceAsync();
        await _rds.CallAsync("RestoreDBClusterToPointInTime", Restore);
        _rds.Settle();
        var restored = await _rds.ClusterOfAsync("dst");

        // Each of them is one that the source has in another way.
        Assert.DoesNotContain(Lost, p => Text(source, p) == Text(restored, p));
        Assert.Equal(
            "default default.aurora-postgresql16 5432 false false false - - - 0 false standard false",
            Line(restored, "DBSubnetGroup", "DBClusterParameterGroup", "Port", "IAMDatabaseAuthenticationEnabled", "DeletionProtection", "CopyTagsToSnapshot",
                "EnabledCloudwatchLogsExports", "StorageType", "ServerlessV2ScalingConfiguration", "MonitoringInterval", "PerformanceInsightsEnabled",
                "DatabaseInsightsMode", "HttpEndpointEnabled"));
        string[] followed = ["Engine", "EngineVersion", "KmsKeyId", "StorageEncrypted", "BackupRetentionPeriod", "MasterUsername", "DatabaseName", "TagList"];
        Assert.Equal(Line(source, followed), Line(restored, followed));
    }

    [Fact]
    public async Task Obeys_everything_that_is_given()
    {
        var source = await RichSourceAsync();
        await _rds.CallAsync(
            "RestoreDBClusterToPointInTime",
            Restore + Chosen + "&AssociatedRoles.DBClusterAssociatedRole.1.RoleArn=arn:aws:iam::1:role/s3&Tags.Tag.1.Key=t&Tags.Tag.1.Value=u");
        _rds.Settle();
        var restored = await _rds.ClusterOfAsync("dst");
        string[] chosen = [.. Lost.Take(12), "AssociatedRoles"];
        Assert.Equal(Line(source, chosen), Line(restored, chosen));
        Assert.Equal("tu", restored.Element("TagList")!.Value);
    }

    [Fact]
    public async Task Makes_serverless_members_where_the_scaling_was_given()
    {
        await _rds.ClusterAsync("src", "ServerlessV2ScalingConfiguration.MinCapacity=0.5&ServerlessV2ScalingConfiguration.MaxCapacity=4");
        await _rds.CallAsync("RestoreDBClusterToPointInTime", Restore);
        _rds.Settle();
        var error = await _rds.RefusalAsync("CreateDBInstance", Member);
        Assert.Contains("Serverless v2 scaling configuration", error.Message, StringComparison.Ordinal);
        await _rds.CallAsync(
            "ModifyDBCluster", "DBClusterIdentifier=dst&ServerlessV2ScalingConfiguration.MinCapacity=0.5&ServerlessV2ScalingConfiguration.MaxCapacity=4");
        _rds.Settle();
        await _rds.CallAsync("CreateDBInstance", Member);
    }

    private static string Text(XElement element, string path)
    {
        foreach (var name in path.Split('/'))
        {
            if (element.Element(name) is not { } next)
                return "-";

            element = next;
        }

        return element.Value;
    }

    private static string Line(XElement element, params string[] paths) => string.Join(' ', paths.Select(p => Text(element, p)));

    // A source that differs from every default.
    private async Task<XElement> RichSourceAsync()
    {
        _rds.Region.Networks["vpc-own"] = new(
            "vpc-own", new Dictionary<string, string>(StringComparer.Ordinal) { ["subnet-1"] = "ap-northeast-1a", ["subnet-2"] = "ap-northeast-1c" },
            ["sg-default", "sg-own"]);
        await _rds.CallAsync(
            "CreateDBSubnetGroup", "DBSubnetGroupName=own&DBSubnetGroupDescription=d&SubnetIds.SubnetIdentifier.1=subnet-1&SubnetIds.SubnetIdentifier.2=subnet-2");
        await _rds.CallAsync("CreateDBClusterParameterGroup", "DBClusterParameterGroupName=own&DBParameterGroupFamily=aurora-postgresql16&Description=d");
        await _rds.ClusterAsync(
            "src",
            Chosen + "&BackupRetentionPeriod=9&StorageEncrypted=true&DatabaseName=data&PreferredMaintenanceWindow=mon:02:00-mon:02:30&MonitoringInterval=60"
            + "&MonitoringRoleArn=arn:aws:iam::1:role/m&EnablePerformanceInsights=true&DatabaseInsightsMode=advanced&Tags.Tag.1.Key=a&Tags.Tag.1.Value=b");
        await _rds.CallAsync("ModifyDBCluster", "DBClusterIdentifier=src&ManageMasterUserPassword=true");
        _rds.Settle();
        await _rds.CallAsync("EnableHttpEndpoint", $"ResourceArn={(await _rds.ClusterOfAsync("src")).Element("DBClusterArn")!.Value}");
        await _rds.MemberAsync("src", "writer");
        await _rds.CallAsync("AddRoleToDBCluster", "DBClusterIdentifier=src&RoleArn=arn:aws:iam::1:role/s3");
        await _rds.CallAsync("CreateDBClusterEndpoint", "DBClusterIdentifier=src&DBClusterEndpointIdentifier=e&EndpointType=ANY");
        _rds.Settle();
        return await _rds.ClusterOfAsync("src");
    }
}
