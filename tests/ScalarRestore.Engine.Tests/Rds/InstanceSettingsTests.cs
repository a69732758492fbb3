using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using Xunit;

namespace ScalarRestore.Engine.Tests.Rds;

/// <summary>What a restore of an instance is told, parameter by parameter.</summary>
public sealed class InstanceSettingsTests
{
    private const string Source = """
        <DBInstance>
          <Engine>postgres</Engine><DBInstanceClass>db.m6g.large</DBInstanceClass><AllocatedStorage>100</AllocatedStorage><AvailabilityZone>eu-west-1a</AvailabilityZone>
          <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-2</VpcSecurityGroupId></VpcSecurityGroupMembership><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId></VpcSecurityGroupMembership></VpcSecurityGroups>
          <DBSubnetGroup><DBSubnetGroupName>own</DBSubnetGroupName></DBSubnetGroup>
          <DBParameterGroups><DBParameterGroup><DBParameterGroupName>pg</DBParameterGroupName></DBParameterGroup></DBParameterGroups>
          <OptionGroupMemberships><OptionGroupMembership><OptionGroupName>og</OptionGroupName></OptionGroupMembership></OptionGroupMemberships>
          <MultiAZ>true</MultiAZ><DeletionProtection>true</DeletionProtection><CopyTagsToSnapshot>true</CopyTagsToSnapshot><IAMDatabaseAuthenticationEnabled>true</IAMDatabaseAuthenticationEnabled>
          <EnabledCloudwatchLogsExports><member>upgrade</member><member>postgresql</member></EnabledCloudwatchLogsExports>
          <PubliclyAccessible>true</PubliclyAccessible><AutoMinorVersionUpgrade>false</AutoMinorVersionUpgrade><MaxAllocatedStorage>1000</MaxAllocatedStorage><NetworkType>DUAL</NetworkType>
          <CACertificateIdentifier>rds-ca-ecc384-g1</CACertificateIdentifier><DedicatedLogVolume>true</DedicatedLogVolume><EngineLifecycleSupport>disabled</EngineLifecycleSupport>
          <Endpoint><Address>a</Address><Port>6000</Port></Endpoint><PreferredBackupWindow>01:00-01:30</PreferredBackupWindow><BackupRetentionPeriod>9</BackupRetentionPeriod>
          <StorageType>io1</StorageType><Iops>3000</Iops><StorageThroughput>0</StorageThroughput>
          <ProcessorFeatures><ProcessorFeature><Name>threadsPerCore</Name><Value>1</Value></ProcessorFeature><ProcessorFeature><Name>coreCount</Name><Value>2</Value></ProcessorFeature></ProcessorFeatures>
          <DomainMemberships><DomainMembership><Domain>d-1</Domain><IAMRoleName>role</IAMRoleName><FQDN>corp.example</FQDN></DomainMembership></DomainMemberships>
          <MonitoringInterval>60</MonitoringInterval><MonitoringRoleArn>arn:m</MonitoringRoleArn><PerformanceInsightsEnabled>true</PerformanceInsightsEnabled>
          <PreferredMaintenanceWindow>mon:02:00-mon:02:30</PreferredMaintenanceWindow><MasterUserSecret><SecretArn>arn:s</SecretArn><KmsKeyId>key</KmsKeyId></MasterUserSecret>
        </DBInstance>
        """;

    [Fact]
    public void The_restore_is_told_everything_that_it_would_set_otherwise()
    {
        string[] expected =
        [
            "AutoMinorVersionUpgrade=false", "CACertificateIdentifier=rds-ca-ecc384-g1", "CopyTagsToSnapshot=true", "DBInstanceClass=db.m6g.large", "DBParameterGroupName=pg", "DBSubnetGroupName=own",
            "DedicatedLogVolume=true", "DeletionProtection=true", "Domain=d-1", "DomainIAMRoleName=role", "EnableCloudwatchLogsExports.member.1=postgresql", "EnableCloudwatchLogsExports.member.2=upgrade",
            "EnableIAMDatabaseAuthentication=true", "EngineLifecycleSupport=disabled", "Iops=3000", "MaxAllocatedStorage=1000", "MultiAZ=true", "NetworkType=DUAL", "OptionGroupName=og", "Port=6000",
            "PreferredBackupWindow=01:00-01:30", "ProcessorFeatures.ProcessorFeature.1.Name=coreCount", "ProcessorFeatures.ProcessorFeature.1.Value=2", "ProcessorFeatures.ProcessorFeature.2.Name=threadsPerCore",
            "ProcessorFeatures.ProcessorFeature.2.Value=1", "PubliclyAccessible=true", "StorageType=io1", "VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1", "VpcSecurityGroupIds.VpcSecurityGroupId.2=sg-2",
        ];
        Assert.Equal(expected, Restore(XElement.Parse(Source)));
    }

    [Theory]
    [InlineData("postgres", 399, "gp3", false)]
    [InlineData("postgres", 400, "gp3", true)]
    [InlineData("oracle-ee", 199, "gp3", false)]
    [InlineData("oracle-ee", 200, "gp3", true)]
    [InlineData("sqlserver-se", 100, "gp3", true)]
    [InlineData("postgres", 1000, "gp2", false)]
    public void Figures_of_gp3_are_given_only_where_they_can_be_chosen(string engine, int size, string storage, bool given)
    {
        var source = XElement.Parse(Source);
        source.SetElementValue("Engine", engine);
        source.SetElementValue("AllocatedStorage", size);
        source.SetElementValue("StorageType", storage);
        source.SetElementValue("StorageThroughput", 125);
        var sent = Restore(source);
        Assert.Equal(given, sent.Contains("Iops=3000"));
        Assert.Equal(given, sent.Contains("StorageThroughput=125"));
    }

    [Fact]
    public void What_an_engine_does_not_have_is_not_sent()
    {
        var source = XElement.Parse(Source);
        foreach (var name in (string[])["MultiAZ", "DeletionProtection", "CopyTagsToSnapshot", "IAMDatabaseAuthenticationEnabled", "DedicatedLogVolume", "PubliclyAccessible"])
            source.SetElementValue(name, "false");

        var sent = Restore(source);
        Assert.Equal(["AutoMinorVersionUpgrade=false", "PubliclyAccessible=false"], sent.Where(one => one.EndsWith("=false", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_single_zone_stays_the_same_zone()
    {
        var source = XElement.Parse(Source);
        source.SetElementValue("MultiAZ", "false");
        Assert.Contains("AvailabilityZone=eu-west-1a", Restore(source));
    }

    [Fact]
    public void A_change_gives_what_belongs_together_at_once_and_nothing_that_is_as_before()
    {
        var source = InstanceSettings.Table.Read(XElement.Parse(Source));
        var restored = XElement.Parse(Source);
        restored.SetElementValue("MonitoringInterval", 0);
        restored.SetElementValue("MasterUserSecret", null);
        restored.Element("MasterUserSecret")?.Remove();
        var change = InstanceSettings.Table.Change(source, InstanceSettings.Table.Read(restored));
        Assert.Equal(
            ["ManageMasterUserPassword=true", "MasterUserSecretKmsKeyId=key", "MonitoringInterval=60", "MonitoringRoleArn=arn:m"],
            change.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Empty(InstanceSettings.Table.Change(source, source));
    }

    private static string[] Restore(XElement source)
    {
        var parameters = new QueryParameters();
        InstanceSettings.Table.PutRestore(parameters, InstanceSettings.Table.Read(source));
        return [.. parameters.Select(pair => $"{pair.Key}={pair.Value}")];
    }
}
