using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using Xunit;

namespace ScalarRestore.Engine.Tests.Rds;

/// <summary>What a restore of a cluster, and the making of its instances, are told, parameter by parameter.</summary>
public sealed class ClusterSettingsTests
{
    private const string Source = """
        <DBCluster>
          <Engine>aurora-mysql</Engine><DBSubnetGroup>own</DBSubnetGroup><DBClusterParameterGroup>pg</DBClusterParameterGroup><Port>6000</Port>
          <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId></VpcSecurityGroupMembership></VpcSecurityGroups>
          <IAMDatabaseAuthenticationEnabled>true</IAMDatabaseAuthenticationEnabled><DeletionProtection>true</DeletionProtection><CopyTagsToSnapshot>true</CopyTagsToSnapshot>
          <EnabledCloudwatchLogsExports><member>audit</member></EnabledCloudwatchLogsExports><BacktrackWindow>7200</BacktrackWindow><StorageType>aurora-iopt1</StorageType>
          <ServerlessV2ScalingConfiguration><MinCapacity>0.5</MinCapacity><MaxCapacity>8.0</MaxCapacity><SecondsUntilAutoPause>600</SecondsUntilAutoPause></ServerlessV2ScalingConfiguration>
          <NetworkType>DUAL</NetworkType><EngineLifecycleSupport>disabled</EngineLifecycleSupport><PreferredBackupWindow>01:00-01:30</PreferredBackupWindow>
          <MonitoringInterval>60</MonitoringInterval><MonitoringRoleArn>arn:m</MonitoringRoleArn><PerformanceInsightsEnabled>true</PerformanceInsightsEnabled>
          <PerformanceInsightsKMSKeyId>key</PerformanceInsightsKMSKeyId><PerformanceInsightsRetentionPeriod>31</PerformanceInsightsRetentionPeriod>
          <DBClusterInstanceClass>db.x</DBClusterInstanceClass><Iops>1000</Iops><PubliclyAccessible>true</PubliclyAccessible><BackupRetentionPeriod>9</BackupRetentionPeriod>
        </DBCluster>
        """;

    private static readonly string[] Common =
    [
        "CopyTagsToSnapshot=true", "DBClusterParameterGroupName=pg", "DBSubnetGroupName=own", "DeletionProtection=true", "EnableCloudwatchLogsExports.member.1=audit", "EnableIAMDatabaseAuthentication=true",
        "EngineLifecycleSupport=disabled", "NetworkType=DUAL", "Port=6000", "PreferredBackupWindow=01:00-01:30", "ServerlessV2ScalingConfiguration.MaxCapacity=8.0",
        "ServerlessV2ScalingConfiguration.MinCapacity=0.5", "ServerlessV2ScalingConfiguration.SecondsUntilAutoPause=600", "StorageType=aurora-iopt1", "VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1",
    ];

    [Fact]
    public void Aurora_is_never_sent_what_it_refuses() =>
        Assert.Equal(Common.Append("BacktrackWindow=7200").Order(StringComparer.Ordinal), Sent(ClusterSettings.Table, XElement.Parse(Source)));

    [Fact]
    public void A_cluster_with_instances_of_its_own_is_told_of_them()
    {
        var source = XElement.Parse(Source);
        source.SetElementValue("Engine", "mysql");
        source.SetElementValue("BacktrackWindow", 0);
        Assert.Equal(Common.Concat(["DBClusterInstanceClass=db.x", "Iops=1000", "PubliclyAccessible=true"]).Order(StringComparer.Ordinal), Sent(ClusterSettings.Table, source));
    }

    [Fact]
    public void An_instance_is_told_what_is_its_own_and_not_what_is_the_clusters()
    {
        var member = XElement.Parse(
            """
            <DBInstance>
              <DBInstanceClass>db.serverless</DBInstanceClass><DBParameterGroups><DBParameterGroup><DBParameterGroupName>pg</DBParameterGroupName></DBParameterGroup></DBParameterGroups>
              <PromotionTier>3</PromotionTier><AvailabilityZone>eu-west-1a</AvailabilityZone><PubliclyAccessible>false</PubliclyAccessible><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>
              <MonitoringInterval>30</MonitoringInterval><MonitoringRoleArn>arn:m</MonitoringRoleArn><PerformanceInsightsEnabled>true</PerformanceInsightsEnabled><CACertificateIdentifier>ca</CACertificateIdentifier>
              <PreferredMaintenanceWindow>mon:02:00-mon:02:30</PreferredMaintenanceWindow><AllocatedStorage>1</AllocatedStorage><StorageType>aurora</StorageType><BackupRetentionPeriod>9</BackupRetentionPeriod>
              <DeletionProtection>true</DeletionProtection><KmsKeyId>key</KmsKeyId><MasterUsername>adm</MasterUsername>
            </DBInstance>
            """);
        Assert.Equal(
            [
                "AutoMinorVersionUpgrade=true", "AvailabilityZone=eu-west-1a", "CACertificateIdentifier=ca", "DBInstanceClass=db.serverless", "DBParameterGroupName=pg", "EnablePerformanceInsights=true",
                "MonitoringInterval=30", "MonitoringRoleArn=arn:m", "PreferredMaintenanceWindow=mon:02:00-mon:02:30", "PromotionTier=3", "PubliclyAccessible=false",
            ],
            Sent(MemberSettings.Table, member));
    }

    private static IEnumerable<string> Sent(SettingTable table, XElement source)
    {
        var parameters = new QueryParameters();
        table.PutRestore(parameters, table.Read(source));
        return parameters.Select(pair => $"{pair.Key}={pair.Value}");
    }
}
