using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>What a restored instance has, and what it has not.</summary>
public sealed class RdsInstanceRestoreTests
{
    private const string Restore = "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true&";

    private readonly RdsHarness _rds = new();

    [Fact]
    public async Task Takes_the_defaults_for_what_is_left_out()
    {
        await RichSourceAsync("Port=6000");
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", Restore);
        _rds.Settle();
        var source = await _rds.InstanceOfAsync("src");
        var restored = await _rds.InstanceOfAsync("dst");

        Assert.Equal("sg-own", Text(source, "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId"));
        Assert.Equal(
            _rds.Region.Networks[Text(restored, "DBSubnetGroup/VpcId")].SecurityGroups[0],
            Text(restored, "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId"));
        string[] paths =
        [
            "DBSubnetGroup/DBSubnetGroupName", "DBParameterGroups/DBParameterGroup/DBParameterGroupName",
            "OptionGroupMemberships/OptionGroupMembership/OptionGroupName", "MultiAZ", "DeletionProtection", "CopyTagsToSnapshot",
            "IAMDatabaseAuthenticationEnabled", "EnabledCloudwatchLogsExports", "MaxAllocatedStorage", "CACertificateIdentifier",
            "EngineLifecycleSupport", "Endpoint/Port", "PreferredBackupWindow", "PreferredMaintenanceWindow", "StorageType", "Iops",
            "MonitoringInterval", "MonitoringRoleArn", "PerformanceInsightsEnabled", "MasterUserSecret", "PubliclyAccessible",
        ];
        Assert.Equal(
            "own own own true true true true postgresql 1000 rds-ca-ecc384-g1 open-source-rds-extended-support-disabled 6000 01:00-01:30 mon:02:00-mon:02:30 io1 3000 60 arn:aws:iam::1:role/m true -secret- false",
            Line(source, paths));
        Assert.Equal(
            "default default.postgres16 default:postgres-16 false false false false - - rds-ca-rsa2048-g1 open-source-rds-extended-support 5432 17:00-17:30 sun:18:00-sun:18:30 gp3 3000 0 - false - true",
            Line(restored, paths));
        Assert.Empty(restored.Element("AssociatedRoles")!.Elements());
    }

    [Fact]
    public async Task Follows_the_source_in_what_cannot_be_chosen()
    {
        await RichSourceAsync("BackupRetentionPeriod=9&StorageEncrypted=true&DBName=data");
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", Restore);
        _rds.Settle();
        string[] paths =
        [
            "BackupRetentionPeriod", "Engine", "EngineVersion", "KmsKeyId", "StorageEncrypted", "AllocatedStorage", "MasterUsername", "DBName",
            "DBInstanceClass",
        ];
        Assert.Equal(Line(await _rds.InstanceOfAsync("src"), paths), Line(await _rds.InstanceOfAsync("dst"), paths));
    }

    [Fact]
    public async Task Obeys_everything_that_is_given()
    {
        await RichSourceAsync();
        await _rds.CallAsync(
            "RestoreDBInstanceToPointInTime",
            Restore + "DBInstanceClass=db.m6g.xlarge&Port=7000&MultiAZ=true&DeletionProtection=true&CopyTagsToSnapshot=true&EnableIAMDatabaseAuthentication=true"
            + "&EnableCloudwatchLogsExports.member.1=upgrade&DBSubnetGroupName=own&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own&DBParameterGroupName=own"
            + "&OptionGroupName=own&StorageType=io1&Iops=3000&MaxAllocatedStorage=500&PubliclyAccessible=false&CACertificateIdentifier=rds-ca-ecc384-g1"
            + "&PreferredBackupWindow=01:00-01:30&BackupRetentionPeriod=3");
        _rds.Settle();
        Assert.Equal(
            "db.m6g.xlarge 7000 true true true true upgrade own sg-own own own io1 3000 500 false rds-ca-ecc384-g1 01:00-01:30 3",
            Line(
                await _rds.InstanceOfAsync("dst"), "DBInstanceClass", "Endpoint/Port", "MultiAZ", "DeletionProtection", "CopyTagsToSnapshot",
                "IAMDatabaseAuthenticationEnabled", "EnabledCloudwatchLogsExports", "DBSubnetGroup/DBSubnetGroupName",
                "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId", "DBParameterGroups/DBParameterGroup/DBParameterGroupName",
                "OptionGroupMemberships/OptionGroupMembership/OptionGroupName", "StorageType", "Iops", "MaxAllocatedStorage", "PubliclyAccessible",
                "CACertificateIdentifier", "PreferredBackupWindow", "BackupRetentionPeriod"));
    }

    [Fact]
    public async Task Copies_tags_unless_any_is_given()
    {
        await _rds.InstanceAsync("src", "Tags.Tag.1.Key=a&Tags.Tag.1.Value=1&Tags.Tag.2.Key=b&Tags.Tag.2.Value=2");
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", Restore);
        await _rds.CallAsync(
            "RestoreDBInstanceToPointInTime",
            "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst2&UseLatestRestorableTime=true&Tags.Tag.1.Key=c&Tags.Tag.1.Value=3");
        Assert.Equal("a=1 b=2", Tags(await _rds.InstanceOfAsync("dst")));
        Assert.Equal("c=3", Tags(await _rds.InstanceOfAsync("dst2")));
    }

    [Fact]
    public async Task Restores_only_what_lies_in_the_window()
    {
        await _rds.InstanceAsync("src");
        _rds.Pass(3600);
        var window = (await _rds.CallAsync("DescribeDBInstanceAutomatedBackups", "DBInstanceIdentifier=src")).Descendants("RestoreWindow").Single();
        var latest = (DateTimeOffset)window.Element("LatestTime")!;
        var earliest = (DateTimeOffset)window.Element("EarliestTime")!;
        Assert.InRange(_rds.Now - latest, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(301));
        Assert.Equal(latest, (DateTimeOffset)(await _rds.InstanceOfAsync("src")).Element("LatestRestorableTime")!);

        Assert.Equal("InvalidRestoreFault", (await RefusalAsync(earliest.AddSeconds(-1))).Code);
        var late = await RefusalAsync(latest.AddSeconds(1));
        Assert.Equal("InvalidRestoreFault", late.Code);
        Assert.Contains("latest restorable time", late.Message, StringComparison.Ordinal);
        await _rds.CallAsync("RestoreDBInstanceToPointInTime", Form(earliest));
        Assert.Equal(new RestoreOrigin("src", earliest), _rds.Region.Instances["dst"].RestoredFrom);

        static string Form(DateTimeOffset at) => $"SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&RestoreTime={at:yyyy-MM-ddTHH:mm:ssZ}";
        Task<ScalarRestore.Sandbox.Aws.AwsException> RefusalAsync(DateTimeOffset at) => _rds.RefusalAsync("RestoreDBInstanceToPointInTime", Form(at));
    }

    [Fact]
    public async Task Restores_from_the_kept_backups_of_a_deleted_instance()
    {
        var source = await _rds.InstanceAsync("src");
        await _rds.InstanceAsync("gone");
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=src&SkipFinalSnapshot=true&DeleteAutomatedBackups=false");
        await _rds.CallAsync("DeleteDBInstance", "DBInstanceIdentifier=gone&SkipFinalSnapshot=true");
        _rds.Settle();
        var backup = Assert.Single((await _rds.CallAsync("DescribeDBInstanceAutomatedBackups")).Descendants("DBInstanceAutomatedBackup"));
        Assert.Equal("retained", backup.Element("Status")!.Value);
        Assert.Equal("DBInstanceNotFound", (await _rds.RefusalAsync("RestoreDBInstanceToPointInTime", Restore)).Code);
        await _rds.CallAsync(
            "RestoreDBInstanceToPointInTime",
            $"TargetDBInstanceIdentifier=one&UseLatestRestorableTime=true&SourceDbiResourceId={source.Element("DbiResourceId")!.Value}");
        await _rds.CallAsync(
            "RestoreDBInstanceToPointInTime",
            $"TargetDBInstanceIdentifier=two&UseLatestRestorableTime=true&SourceDBInstanceAutomatedBackupsArn={backup.Element("DBInstanceAutomatedBackupsArn")!.Value}");
        _rds.Settle();
        Assert.Equal("available", await _rds.StatusAsync("one"));
        Assert.Equal("available", await _rds.StatusAsync("two"));
    }

    private static string Text(XElement element, string path)
    {
        foreach (var name in path.Split('/'))
        {
            if (element.Element(name) is not { } next)
                return "-";

            element = next;
        }

        return element.Name == "MasterUserSecret" ? "-secret-" : element.Value;
    }

    private static string Line(XElement element, params string[] paths) => string.Join(' ', paths.Select(p => Text(element, p)));

    private static string Tags(XElement instance) =>
        string.Join(' ', instance.Element("TagList")!.Elements().Select(t => $"{t.Element("Key")!.Value}={t.Element("Value")!.Value}"));

    // A source that differs from every default.
    private async Task RichSourceAsync(string more = "")
    {
        _rds.Region.Networks["vpc-own"] = new Network(
            "vpc-own", new Dictionary<string, string>(StringComparer.Ordinal) { ["subnet-1"] = "ap-northeast-1a", ["subnet-2"] = "ap-northeast-1c" }, ["sg-default", "sg-own"]);
        await _rds.CallAsync(
            "CreateDBSubnetGroup", "DBSubnetGroupName=own&DBSubnetGroupDescription=d&SubnetIds.SubnetIdentifier.1=subnet-1&SubnetIds.SubnetIdentifier.2=subnet-2");
        await _rds.CallAsync("CreateDBParameterGroup", "DBParameterGroupName=own&DBParameterGroupFamily=postgres16&Description=d");
        await _rds.CallAsync("CreateOptionGroup", "OptionGroupName=own&EngineName=postgres&MajorEngineVersion=16&OptionGroupDescription=d");
        await _rds.InstanceAsync(
            "src",
            "AllocatedStorage=100&MultiAZ=true&DeletionProtection=true&CopyTagsToSnapshot=true&EnableIAMDatabaseAuthentication=true&EnableCloudwatchLogsExports.member.1=postgresql"
            + "&DBSubnetGroupName=own&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own&DBParameterGroupName=own&OptionGroupName=own&StorageType=io1&Iops=3000"
            + "&MaxAllocatedStorage=1000&PubliclyAccessible=false&CACertificateIdentifier=rds-ca-ecc384-g1&EngineLifecycleSupport=open-source-rds-extended-support-disabled"
            + "&PreferredBackupWindow=01:00-01:30&PreferredMaintenanceWindow=mon:02:00-mon:02:30&MonitoringInterval=60&MonitoringRoleArn=arn:aws:iam::1:role/m"
            + "&EnablePerformanceInsights=true&" + more);
        await _rds.CallAsync("ModifyDBInstance", "DBInstanceIdentifier=src&ManageMasterUserPassword=true&ApplyImmediately=true");
        _rds.Settle();
        await _rds.CallAsync("AddRoleToDBInstance", "DBInstanceIdentifier=src&RoleArn=arn:aws:iam::1:role/s3&FeatureName=s3Import");
    }
}
