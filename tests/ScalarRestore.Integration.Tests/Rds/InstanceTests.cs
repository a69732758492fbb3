using System.Xml.Linq;
using System.Xml.XPath;
using ScalarRestore.Engine.Databases.Rds;
using ScalarRestore.Engine.Databases.Rds.Settings;

namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>DB instances: restored beside the source, and as the source is.</summary>
public sealed class InstanceTests(RdsSandbox sandbox) : IClassFixture<RdsSandbox>
{
    /// <summary>What a restore sets to something of its own unless it is told, and where it is seen. Read here on its own, not by the engine's table.</summary>
    private static readonly string[] Attributes =
    [
        "VpcSecurityGroups/*/VpcSecurityGroupId", "DBSubnetGroup/DBSubnetGroupName", "DBParameterGroups/*/DBParameterGroupName", "OptionGroupMemberships/*/OptionGroupName", "MultiAZ",
        "DeletionProtection", "CopyTagsToSnapshot", "IAMDatabaseAuthenticationEnabled", "EnabledCloudwatchLogsExports/member", "PubliclyAccessible", "AutoMinorVersionUpgrade",
        "MaxAllocatedStorage", "NetworkType", "CACertificateIdentifier", "DedicatedLogVolume", "EngineLifecycleSupport", "Endpoint/Port", "DBInstanceClass", "PreferredBackupWindow",
        "StorageType", "Iops", "BackupRetentionPeriod", "MonitoringInterval", "MonitoringRoleArn", "PerformanceInsightsEnabled", "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow", "AssociatedRoles/*/RoleArn", "AssociatedRoles/*/FeatureName", "AllocatedStorage", "Engine", "EngineVersion", "MasterUsername", "TagList/*[Key='team']/Value",
    ];

    [Fact]
    public async Task What_is_restored_is_as_the_source_is_in_every_attribute()
    {
        var source = await sandbox.MakeInstanceAsync("orders");
        var time = await sandbox.PointAsync(() => sandbox.InstanceAsync("orders"));
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var intent = RdsSandbox.Intent(time);
        var capture = (await provider.CaptureAsync(sandbox.Query("orders"), intent, CancellationToken.None));
        Assert.Empty(capture.SwapSteps);
        Assert.Null(capture.DeletionSentence);
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);

        var restored = await sandbox.InstanceAsync("orders-20260101-000000-ab12");
        foreach (var attribute in Attributes)
            Assert.Equal((attribute, Values(source, attribute)), (attribute, Values(restored, attribute)));

        // A managed password has a secret of its own.
        Assert.NotNull(restored.XPathSelectElement("MasterUserSecret/SecretArn"));
        Assert.NotEqual(source.XPathSelectElement("MasterUserSecret/SecretArn")!.Value, restored.XPathSelectElement("MasterUserSecret/SecretArn")!.Value);
        Assert.Equal(source.ToString(), WithoutTimes(source, await sandbox.InstanceAsync("orders")).ToString());
        var state = (await sandbox.Process.Control.StateAsync())["rds"]!.ToJsonString();
        Assert.Contains(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), state, StringComparison.Ordinal);

        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal((DatabaseKind.RDS, "orders", "orders-20260101-000000-ab12", true), (database.Kind, database.Identifier, database.NewIdentifier, database.Verified));
        Assert.Equal(["its master user's password is kept in a new secret of Secrets Manager"], database.Drift);
        var change = Assert.Single(database.Endpoints);
        Assert.Equal($"{source.XPathSelectElement("Endpoint/Address")!.Value}:6000", change.Old);
        Assert.Equal($"{restored.XPathSelectElement("Endpoint/Address")!.Value}:6000", change.New);
    }

    /// <summary>Each setting that the engine gives to a restore is one that the service would set otherwise: left out, it is seen.</summary>
    [Fact]
    public async Task A_setting_that_is_left_out_of_the_restore_is_seen()
    {
        var source = await sandbox.MakeInstanceAsync("table");
        var settings = InstanceSettings.Table.Read(source);
        var time = await sandbox.PointAsync(() => sandbox.InstanceAsync("table"));
        string[] sent = [.. InstanceSettings.Table.Settings.Where(setting => setting.RestoreAs is not null && settings.ContainsKey(setting.Name) && setting.RestoreIf?.Invoke(settings) != false).Select(setting => setting.Name)];
        Assert.True(sent.Length >= 20, string.Join(' ', sent));
        foreach (var name in sent)
        {
            // The class is the source's own, if it is not given; the group and its groups are refused one without the other.
            if (name is "DBInstanceClass" or "StorageType" or "Iops" or "VpcSecurityGroupIds" or "DBSubnetGroupName" or "NetworkType" or "DedicatedLogVolume")
                continue;

            var parameters = new Engine.Clients.Aws.QueryParameters
            {
                ["SourceDBInstanceIdentifier"] = "table",
                ["TargetDBInstanceIdentifier"] = $"t-{name.ToLowerInvariant()}",
                ["RestoreTime"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            };
            new SettingTable([.. InstanceSettings.Table.Settings.Where(setting => setting.Name != name)]).PutRestore(parameters, settings);
            await sandbox.CallAsync("RestoreDBInstanceToPointInTime", string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")));
            var restored = await sandbox.SettledAsync(() => sandbox.InstanceAsync($"t-{name.ToLowerInvariant()}"), "DBInstanceStatus");
            Assert.Contains(name, InstanceSettings.Table.Differences(settings, InstanceSettings.Table.Read(restored)).Select(difference => difference.Setting.Name));
        }
    }

    [Fact]
    public async Task The_identifier_is_kept_when_asked_for()
    {
        var source = await sandbox.MakeInstanceAsync("kept");
        var intent = RdsSandbox.Intent(await sandbox.PointAsync(() => sandbox.InstanceAsync("kept"))) with { KeepIdentifier = true };
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun((await provider.CaptureAsync(sandbox.Query("kept"), intent, CancellationToken.None)), intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);

        Assert.Equal(source.Element("DbiResourceId")!.Value, (await sandbox.InstanceAsync("kept-before-20260101-000000-ab12")).Element("DbiResourceId")!.Value);
        var restored = await sandbox.InstanceAsync("kept");
        Assert.NotEqual(source.Element("DbiResourceId")!.Value, restored.Element("DbiResourceId")!.Value);
        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal("kept", database.NewIdentifier);
        Assert.All(database.Endpoints, change => Assert.Equal(change.Old, change.New));
    }

    private static string Values(XElement resource, string path) => string.Join(' ', resource.XPathSelectElements(path).Select(element => element.Value).Order(StringComparer.Ordinal));

    // What passes by itself.
    private static XElement WithoutTimes(XElement before, XElement now)
    {
        now.Element("LatestRestorableTime")!.Value = before.Element("LatestRestorableTime")!.Value;
        return now;
    }
}
