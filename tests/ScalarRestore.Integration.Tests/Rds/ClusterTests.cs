using System.Xml.Linq;
using System.Xml.XPath;

namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>Aurora clusters: with their writer and readers, endpoints and scaling, as the source is.</summary>
public sealed class ClusterTests(RdsSandbox sandbox) : IClassFixture<RdsSandbox>
{
    private const string Run = "20260101-000000-ab12";

    private static readonly string[] ClusterAttributes =
    [
        "VpcSecurityGroups/*/VpcSecurityGroupId", "DBSubnetGroup", "DBClusterParameterGroup", "Port", "IAMDatabaseAuthenticationEnabled", "DeletionProtection", "CopyTagsToSnapshot",
        "EnabledCloudwatchLogsExports/member", "StorageType", "ServerlessV2ScalingConfiguration/MinCapacity", "ServerlessV2ScalingConfiguration/MaxCapacity", "EngineLifecycleSupport",
        "PreferredBackupWindow", "BackupRetentionPeriod", "PreferredMaintenanceWindow", "HttpEndpointEnabled", "AssociatedRoles/*/RoleArn", "Engine", "EngineVersion", "TagList/*[Key='team']/Value",
    ];

    private static readonly string[] MemberAttributes =
    [
        "DBInstanceClass", "AvailabilityZone", "PromotionTier", "DBParameterGroups/*/DBParameterGroupName", "PubliclyAccessible", "AutoMinorVersionUpgrade", "MonitoringInterval", "MonitoringRoleArn",
        "PerformanceInsightsEnabled", "PreferredMaintenanceWindow", "CACertificateIdentifier", "TagList/*[Key='member']/Value",
    ];

    [Fact]
    public async Task A_cluster_is_restored_with_its_instances_endpoints_and_scaling()
    {
        var source = await sandbox.MakeClusterAsync("ledger");
        using (var setup = sandbox.Factory())
        {
            var scaling = setup.For(null, sandbox.Process.AwsRegion, Engine.Running.ServiceMode.ReadWrite).RdsScaling;
            await scaling.RegisterTargetAsync(
                new() { ["ServiceNamespace"] = "rds", ["ResourceId"] = "cluster:ledger", ["ScalableDimension"] = "rds:cluster:ReadReplicaCount", ["MinCapacity"] = 1, ["MaxCapacity"] = 5 }, CancellationToken.None);
        }

        var intent = RdsSandbox.Intent(await sandbox.PointAsync(() => sandbox.ClusterAsync("ledger")));
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var capture = (await provider.CaptureAsync(sandbox.Query("ledger"), intent, CancellationToken.None));
        var readers = capture.CopySteps.Where(step => step.Kind == "aurora.member" && step.Key.EndsWith("-r1", StringComparison.Ordinal) || step.Key.EndsWith("-r2", StringComparison.Ordinal)).ToList();
        Assert.All(readers, step => Assert.Equal(["cluster-member:ledger/ledger-w"], step.DependsOn));
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);

        var restored = await sandbox.ClusterAsync($"ledger-{Run}");
        foreach (var attribute in ClusterAttributes)
            Assert.Equal((attribute, Values(source, attribute)), (attribute, Values(restored, attribute)));

        Assert.Equal($"ledger-w-{Run}", restored.XPathSelectElement("DBClusterMembers/*[IsClusterWriter='true']/DBInstanceIdentifier")!.Value);
        foreach (var member in (string[])["ledger-w", "ledger-r1", "ledger-r2"])
        {
            var (before, now) = (await sandbox.InstanceAsync(member), await sandbox.InstanceAsync($"{member}-{Run}"));
            foreach (var attribute in MemberAttributes)
                Assert.Equal((member, attribute, Values(before, attribute)), (member, attribute, Values(now, attribute)));
        }

        var custom = (await sandbox.CallAsync("DescribeDBClusterEndpoints", $"DBClusterEndpointIdentifier=ledger-batch-{Run}")).Element("DBClusterEndpoints")!.Elements().Single();
        Assert.Equal(("READER", $"ledger-r2-{Run}"), (custom.Element("CustomEndpointType")!.Value, custom.XPathSelectElement("StaticMembers/*")!.Value));
        var targets = await factory.For(null, sandbox.Process.AwsRegion, Engine.Running.ServiceMode.ReadOnly).RdsScaling.DescribeTargetsAsync($"cluster:ledger-{Run}", CancellationToken.None);
        Assert.Equal(5, (int)Assert.Single(targets)["MaxCapacity"]!);

        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal((DatabaseKind.Aurora, $"ledger-{Run}"), (database.Kind, database.NewIdentifier));
        Assert.Empty(database.Drift);
        Assert.Equal(6, database.Endpoints.Count);
        Assert.Contains(database.Endpoints, change => change.Old == $"{source.Element("Endpoint")!.Value}:6000" && change.New == $"{restored.Element("Endpoint")!.Value}:6000");
        Assert.Contains(database.Endpoints, change => change.Old == $"{source.Element("ReaderEndpoint")!.Value}:6000" && change.New == $"{restored.Element("ReaderEndpoint")!.Value}:6000");
        Assert.Contains(database.Endpoints, change => change.Old.StartsWith("ledger-batch.", StringComparison.Ordinal) && change.New.StartsWith($"ledger-batch-{Run}.", StringComparison.Ordinal));
    }

    private static string Values(XElement resource, string path) => string.Join(' ', resource.XPathSelectElements(path).Select(element => element.Value).Order(StringComparer.Ordinal));
}
