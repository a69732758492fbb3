using System.Xml.Linq;
using Amazon.Runtime;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Clients.Aws.Untyped;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.Rds;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>A sandbox process of its own per test class, a hundred times as fast as real time, with a network that is not the default one.</summary>
public sealed class RdsSandbox : IAsyncLifetime
{
    private SandboxProcess? _process;
    private QueryServiceClient? _raw;

    internal SandboxProcess Process => _process ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>The engine's clock, in step with the sandbox.</summary>
    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>Waits that suit a sandbox whose operations take a second or two.</summary>
    internal static RdsTimings Timings { get; } = new() { Poll = TimeSpan.FromSeconds(1), SecondLook = TimeSpan.FromSeconds(0.4) };

    public async Task InitializeAsync()
    {
        _process = await SandboxProcess.StartAsync("--time-scale", "100");
        Clock = new ScaledTimeProvider(_process.Clock.Origin, _process.Clock.Scale, _process.Clock.OriginTimestamp);
        _raw = new QueryServiceClient(Credentials, new UntypedConfig("RDS", "rds", "2014-10-31", ServiceMode.ReadWrite)
        {
            ServiceURL = _process.AwsEndpoint.AbsoluteUri,
            AuthenticationRegion = _process.AwsRegion,
        });
        await _process.Control.PatchSettingsAsync("""{"rds":{"latestRestorableLagSeconds":5}}""");
        await _process.Control.SendAsync(
            HttpMethod.Put, "rds/networks/vpc-own", """{"subnets":{"subnet-1":"ap-northeast-1a","subnet-2":"ap-northeast-1c","subnet-3":"ap-northeast-1d"},"securityGroups":["sg-default-own","sg-own"]}""");
        await CallAsync("CreateDBSubnetGroup", "DBSubnetGroupName=own&DBSubnetGroupDescription=d&SubnetIds.SubnetIdentifier.1=subnet-1&SubnetIds.SubnetIdentifier.2=subnet-2&SubnetIds.SubnetIdentifier.3=subnet-3");
        await CallAsync("CreateDBParameterGroup", "DBParameterGroupName=own&DBParameterGroupFamily=postgres16&Description=d");
        await CallAsync("CreateDBParameterGroup", "DBParameterGroupName=own-aurora&DBParameterGroupFamily=aurora-postgresql16&Description=d");
        await CallAsync("CreateDBClusterParameterGroup", "DBClusterParameterGroupName=own-cluster&DBParameterGroupFamily=aurora-postgresql16&Description=d");
        await CallAsync("CreateOptionGroup", "OptionGroupName=own&EngineName=postgres&MajorEngineVersion=16&OptionGroupDescription=d");
    }

    public async Task DisposeAsync()
    {
        _raw?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    internal AwsClientFactory Factory(IAwsCallObserver? observer = null) => new(
        new AwsClientSettings { EndpointUrl = Process.AwsEndpoint, Credentials = Credentials, Observer = observer, CallTimeout = TimeSpan.FromSeconds(20) }, Clock);

    internal RdsProvider Provider(AwsClientFactory factory, ServiceMode mode = ServiceMode.ReadWrite, Func<string, CancellationToken, Task<string>>? resolve = null) =>
        new(factory, Clock, mode, Timings, resolve);

    internal DatabaseQuery Query(params string[] identifiers) => new() { Selection = new DatabaseSelection { Identifiers = identifiers, Region = Process.AwsRegion } };

    internal static RestoreIntent Intent(DateTimeOffset time, string runId = "20260101-000000-ab12") => new()
    {
        RunId = runId,
        RestoreTime = time,
        Timeout = TimeSpan.FromMinutes(20),
    };

    /// <summary>Calls an operation with the fields of a form.</summary>
    internal Task<XElement> CallAsync(string operation, string form)
    {
        var parameters = form.Split('&').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]), StringComparer.Ordinal);
        return _raw!.CallAsync(operation, parameters, CancellationToken.None);
    }

    /// <summary>The description of an instance.</summary>
    internal async Task<XElement> InstanceAsync(string identifier) =>
        (await CallAsync("DescribeDBInstances", $"DBInstanceIdentifier={identifier}")).Element("DBInstances")!.Elements().Single();

    /// <summary>The description of a cluster.</summary>
    internal async Task<XElement> ClusterAsync(string identifier) =>
        (await CallAsync("DescribeDBClusters", $"DBClusterIdentifier={identifier}")).Element("DBClusters")!.Elements().Single();

    /// <summary>Makes an instance that has everything otherwise than the service's defaults.</summary>
    internal async Task<XElement> MakeInstanceAsync(string identifier, string more = "Port=6000")
    {
        await CallAsync(
            "CreateDBInstance",
            $"DBInstanceIdentifier={identifier}&DBInstanceClass=db.m6g.large&Engine=postgres&AllocatedStorage=100&MasterUsername=adm&MasterUserPassword=secret-123"
            + "&MultiAZ=true&DeletionProtection=true&CopyTagsToSnapshot=true&EnableIAMDatabaseAuthentication=true&EnableCloudwatchLogsExports.member.1=postgresql"
            + "&DBSubnetGroupName=own&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own&DBParameterGroupName=own&OptionGroupName=own&StorageType=io1&Iops=3000"
            + "&MaxAllocatedStorage=1000&PubliclyAccessible=true&AutoMinorVersionUpgrade=false&CACertificateIdentifier=rds-ca-ecc384-g1"
            + "&EngineLifecycleSupport=open-source-rds-extended-support-disabled&NetworkType=DUAL&DedicatedLogVolume=true"
            + "&PreferredBackupWindow=01:00-01:30&PreferredMaintenanceWindow=mon:02:00-mon:02:30&MonitoringInterval=60&MonitoringRoleArn=arn:aws:iam::123456789012:role/m"
            + "&EnablePerformanceInsights=true&PerformanceInsightsRetentionPeriod=731&Tags.Tag.1.Key=team&Tags.Tag.1.Value=orders&BackupRetentionPeriod=9&" + more);
        await SettledAsync(() => InstanceAsync(identifier), "DBInstanceStatus");
        await CallAsync("ModifyDBInstance", $"DBInstanceIdentifier={identifier}&ManageMasterUserPassword=true&ApplyImmediately=true");
        await SettledAsync(() => InstanceAsync(identifier), "DBInstanceStatus");
        await CallAsync("AddRoleToDBInstance", $"DBInstanceIdentifier={identifier}&RoleArn=arn:aws:iam::123456789012:role/s3&FeatureName=s3Import");
        return await SettledAsync(() => InstanceAsync(identifier), "DBInstanceStatus");
    }

    /// <summary>Makes an Aurora cluster with a writer and two readers that has everything otherwise than the service's defaults.</summary>
    internal async Task<XElement> MakeClusterAsync(string identifier)
    {
        await CallAsync(
            "CreateDBCluster",
            $"DBClusterIdentifier={identifier}&Engine=aurora-postgresql&MasterUsername=adm&MasterUserPassword=secret-123&Port=6000&DBSubnetGroupName=own"
            + "&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-own&DBClusterParameterGroupName=own-cluster&EnableIAMDatabaseAuthentication=true&DeletionProtection=true"
            + "&CopyTagsToSnapshot=true&EnableCloudwatchLogsExports.member.1=postgresql&StorageType=aurora-iopt1&BackupRetentionPeriod=9"
            + "&ServerlessV2ScalingConfiguration.MinCapacity=1&ServerlessV2ScalingConfiguration.MaxCapacity=8&PreferredBackupWindow=01:00-01:30"
            + "&PreferredMaintenanceWindow=mon:02:00-mon:02:30&EngineLifecycleSupport=open-source-rds-extended-support-disabled&Tags.Tag.1.Key=team&Tags.Tag.1.Value=orders");
        await SettledAsync(() => ClusterAsync(identifier), "Status");
        foreach (var (name, zone, tier, kind) in new[] { ("w", "ap-northeast-1a", 0, "db.r6g.large"), ("r1", "ap-northeast-1c", 3, "db.r6g.large"), ("r2", "ap-northeast-1a", 15, "db.serverless") })
        {
            await CallAsync(
                "CreateDBInstance",
                $"DBInstanceIdentifier={identifier}-{name}&DBClusterIdentifier={identifier}&Engine=aurora-postgresql&DBInstanceClass={kind}&AvailabilityZone={zone}&PromotionTier={tier}"
                + "&DBParameterGroupName=own-aurora&PubliclyAccessible=false&AutoMinorVersionUpgrade=false&MonitoringInterval=30&MonitoringRoleArn=arn:aws:iam::123456789012:role/m"
                + $"&EnablePerformanceInsights=true&PreferredMaintenanceWindow=tue:02:00-tue:02:30&CACertificateIdentifier=rds-ca-ecc384-g1&Tags.Tag.1.Key=member&Tags.Tag.1.Value={name}");
            await SettledAsync(() => InstanceAsync($"{identifier}-{name}"), "DBInstanceStatus");
        }

        await CallAsync("EnableHttpEndpoint", $"ResourceArn={(await ClusterAsync(identifier)).Element("DBClusterArn")!.Value}");
        await CallAsync("AddRoleToDBCluster", $"DBClusterIdentifier={identifier}&RoleArn=arn:aws:iam::123456789012:role/s3&FeatureName=s3Import");
        await CallAsync(
            "CreateDBClusterEndpoint", $"DBClusterIdentifier={identifier}&DBClusterEndpointIdentifier={identifier}-batch&EndpointType=READER&StaticMembers.member.1={identifier}-r2");
        return await SettledAsync(() => ClusterAsync(identifier), "Status");
    }

    /// <summary>A whole second that backups reach already.</summary>
    internal async Task<DateTimeOffset> PointAsync(Func<Task<XElement>> describe)
    {
        var time = await Process.Clock.NextSecondAsync();
        await UntilAsync(async () => DateTimeOffset.Parse((await describe()).Element("LatestRestorableTime")?.Value ?? "2000-01-01Z", System.Globalization.CultureInfo.InvariantCulture) >= time);
        return time;
    }

    /// <summary>Waits until something is available and stays it.</summary>
    internal async Task<XElement> SettledAsync(Func<Task<XElement>> describe, string status)
    {
        var found = 0;
        XElement seen = new("none");
        await UntilAsync(async () =>
        {
            seen = await describe();
            found = seen.Element(status)?.Value == "available" && seen.Element("PendingModifiedValues") is not { HasElements: true } ? found + 1 : 0;
            return found == 5;
        });
        return seen;
    }

    private async Task UntilAsync(Func<Task<bool>> holds)
    {
        var until = Clock.GetUtcNow().AddMinutes(30);
        while (!await holds())
        {
            Assert.True(Clock.GetUtcNow() < until, "It did not come true in half an hour of the sandbox's time.");
            await Process.Clock.Delay(TimeSpan.FromSeconds(0.5));
        }
    }

    private BasicAWSCredentials Credentials => new(Process.AwsAccessKeyId, Process.AwsSecretAccessKey);
}
