using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScalarRestore.Drill.Databases.Aws;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Makes instances and clusters in which everything is otherwise than the service would set it: what a restore forgets is then seen.</summary>
internal sealed class SourceMaker(RdsApi rds, ScalingApi scaling, SandboxChild sandbox, AwsAccess access, string password)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>Stays available for so long: the service leaves it once more by itself.</summary>
    private const int LooksInARow = 12;

    private string Role(string name) => $"arn:aws:iam::{access.Account}:role/{name}";

    private string Zone(char letter) => access.Region + letter;

    /// <summary>Makes a network and groups.</summary>
    public async Task MakeGroupsAsync(CancellationToken cancellationToken)
    {
        await sandbox.Control.SetNetworkAsync(
            "vpc-drill",
            new JsonObject
            {
                ["subnets"] = new JsonObject { ["subnet-drill-1"] = Zone('a'), ["subnet-drill-2"] = Zone('c') },
                ["securityGroups"] = new JsonArray("sg-drill-default", "sg-drill"),
            },
            cancellationToken);
        await rds.CallAsync(
            "CreateDBSubnetGroup",
            ["DBSubnetGroupName=drill", "DBSubnetGroupDescription=drill", "SubnetIds.SubnetIdentifier.1=subnet-drill-1", "SubnetIds.SubnetIdentifier.2=subnet-drill-2"],
            cancellationToken);
        await rds.CallAsync("CreateDBParameterGroup", ["DBParameterGroupName=drill", "DBParameterGroupFamily=postgres16", "Description=drill"], cancellationToken);
        await rds.CallAsync("CreateDBParameterGroup", ["DBParameterGroupName=drill-aurora", "DBParameterGroupFamily=aurora-postgresql16", "Description=drill"], cancellationToken);
        await rds.CallAsync("CreateDBClusterParameterGroup", ["DBClusterParameterGroupName=drill-cluster", "DBParameterGroupFamily=aurora-postgresql16", "Description=drill"], cancellationToken);
        await rds.CallAsync("CreateOptionGroup", ["OptionGroupName=drill", "EngineName=postgres", "MajorEngineVersion=16", "OptionGroupDescription=drill"], cancellationToken);
    }

    /// <summary>Makes one, and returns when it can be used and restored.</summary>
    public Task MakeAsync(RdsSource source, CancellationToken cancellationToken) =>
        source.IsCluster ? MakeClusterAsync(source, cancellationToken) : MakeInstanceAsync(source, cancellationToken);

    /// <summary>Waits until it can be restored to now.</summary>
    public async Task UntilRestorableAsync(RdsSource source, CancellationToken cancellationToken)
    {
        while ((source.IsCluster ? await rds.ClusterAsync(source.Identifier, cancellationToken) : await rds.InstanceAsync(source.Identifier, cancellationToken)).Element("LatestRestorableTime") is null)
        {
            await sandbox.DelayAsync(Poll, cancellationToken);
        }
    }

    /// <summary>Waits until it is available and stays so.</summary>
    public Task SettledAsync(RdsSource source, CancellationToken cancellationToken) => source.IsCluster
        ? SettledAsync(() => rds.ClusterAsync(source.Identifier, cancellationToken), cancellationToken)
        : SettledAsync(() => rds.InstanceAsync(source.Identifier, cancellationToken), cancellationToken);

    private async Task MakeInstanceAsync(RdsSource source, CancellationToken cancellationToken)
    {
        var name = source.Identifier;
        await rds.CallAsync(
            "CreateDBInstance",
            [
                $"DBInstanceIdentifier={name}", "DBInstanceClass=db.m6g.large", "Engine=postgres", "AllocatedStorage=100", $"DBName={RdsSource.Database}",
                .. Common(source), "MultiAZ=true", "DBParameterGroupName=drill", "OptionGroupName=drill", "StorageType=io1", "Iops=3000", "MaxAllocatedStorage=1000",
                "PubliclyAccessible=true", "NetworkType=DUAL", "DedicatedLogVolume=true", .. Watching, "PerformanceInsightsRetentionPeriod=731", "PreferredMaintenanceWindow=mon:02:00-mon:02:30",
            ],
            cancellationToken);
        await SettledAsync(source, cancellationToken);
        await rds.CallAsync("AddRoleToDBInstance", [$"DBInstanceIdentifier={name}", $"RoleArn={Role("s3")}", "FeatureName=s3Import"], cancellationToken);
        await SettledAsync(source, cancellationToken);
        await UntilRestorableAsync(source, cancellationToken);
    }

    private async Task MakeClusterAsync(RdsSource source, CancellationToken cancellationToken)
    {
        var name = source.Identifier;
        await rds.CallAsync(
            "CreateDBCluster",
            [
                $"DBClusterIdentifier={name}", "Engine=aurora-postgresql", $"DatabaseName={RdsSource.Database}", .. Common(source), "DBClusterParameterGroupName=drill-cluster",
                "StorageType=aurora-iopt1", "ServerlessV2ScalingConfiguration.MinCapacity=1", "ServerlessV2ScalingConfiguration.MaxCapacity=8", "PreferredMaintenanceWindow=mon:02:00-mon:02:30",
            ],
            cancellationToken);
        await SettledAsync(source, cancellationToken);
        foreach (var (member, zone, tier, size) in new[] { ("w", 'a', 0, "db.r6g.large"), ("r1", 'c', 3, "db.r6g.large"), ("r2", 'a', 15, "db.serverless") })
        {
            await rds.CallAsync(
                "CreateDBInstance",
                [
                    $"DBInstanceIdentifier={name}-{member}", $"DBClusterIdentifier={name}", "Engine=aurora-postgresql", $"DBInstanceClass={size}", $"AvailabilityZone={Zone(zone)}", $"PromotionTier={tier}",
                    "DBParameterGroupName=drill-aurora", "PubliclyAccessible=false", .. Watching, "PreferredMaintenanceWindow=tue:02:00-tue:02:30", $"Tags.Tag.1.Key={DatabaseView.MemberTag}", $"Tags.Tag.1.Value={member}",
                ],
                cancellationToken);
            await SettledAsync(() => rds.InstanceAsync($"{name}-{member}", cancellationToken), cancellationToken);
        }

        await rds.CallAsync("EnableHttpEndpoint", [$"ResourceArn={(await rds.ClusterAsync(name, cancellationToken)).Element("DBClusterArn")!.Value}"], cancellationToken);
        await rds.CallAsync("AddRoleToDBCluster", [$"DBClusterIdentifier={name}", $"RoleArn={Role("s3")}", "FeatureName=s3Import"], cancellationToken);
        await rds.CallAsync(
            "CreateDBClusterEndpoint",
            [$"DBClusterIdentifier={name}", $"DBClusterEndpointIdentifier={name}-batch", "EndpointType=READER", $"StaticMembers.member.1={name}-r2"],
            cancellationToken);
        await scaling.RegisterAsync(
            new ScalingSpec($"cluster:{name}", "rds:cluster:ReadReplicaCount", "RDSReaderAverageCPUUtilization", $"{name}-readers", 1, 5), cancellationToken);
        await SettledAsync(source, cancellationToken);
        await UntilRestorableAsync(source, cancellationToken);
    }

    private IEnumerable<string> Common(RdsSource source) =>
    [
        $"MasterUsername={RdsSource.User}", $"MasterUserPassword={password}", "Port=6000", "DBSubnetGroupName=drill", "VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-drill",
        "DeletionProtection=true", "CopyTagsToSnapshot=true", "EnableIAMDatabaseAuthentication=true", "EnableCloudwatchLogsExports.member.1=postgresql", "BackupRetentionPeriod=9",
        "PreferredBackupWindow=01:00-01:30", "EngineLifecycleSupport=open-source-rds-extended-support-disabled", "Tags.Tag.1.Key=team", $"Tags.Tag.1.Value={source.Release.Name}",
    ];

    private IEnumerable<string> Watching =>
    [
        "AutoMinorVersionUpgrade=false", "CACertificateIdentifier=rds-ca-ecc384-g1", "MonitoringInterval=30", $"MonitoringRoleArn={Role("monitoring")}", "EnablePerformanceInsights=true",
    ];

    private async Task SettledAsync(Func<Task<XElement>> describe, CancellationToken cancellationToken)
    {
        for (var inARow = 0; inARow < LooksInARow;)
        {
            await sandbox.DelayAsync(Poll, cancellationToken);
            inARow = IsSettled(await describe()) ? inARow + 1 : 0;
        }
    }

    private static bool IsSettled(XElement resource) =>
        (resource.Element("DBInstanceStatus") ?? resource.Element("Status"))!.Value == "available"
        && resource.Element("PendingModifiedValues") is not { HasElements: true }
        && !resource.Descendants("Status").Any(status => status.Value is "PENDING" or "adding");
}
