using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>Every setting is dropped by the restore and put back by us.</summary>
public sealed class SettingsTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    [Fact]
    public async Task Every_setting_is_back_after_the_restore()
    {
        var before = await FullTable.MakeAsync(sandbox, "full.t");
        await TableMaker.PutAsync(sandbox.Raw, "full.t", 1, "one");
        var time = await sandbox.Process.Clock.NextSecondAsync();
        var intent = DynamoSandbox.Intent(time);
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var capture = (DynamoDbCapture)await provider.CaptureAsync(sandbox.Query("full.t"), intent, CancellationToken.None);
        var captured = Assert.Single(capture.Tables).Facts;
        AssertFull(captured);

        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);

        var again = (DynamoDbCapture)await provider.CaptureAsync(
            sandbox.Query("full.t"), intent with { RestoreTime = await sandbox.Process.Clock.NextSecondAsync() }, CancellationToken.None);
        var restored = Assert.Single(again.Tables).Facts;
        var newArn = Assert.IsType<string>(restored.StreamArn);
        Assert.NotEqual(captured.StreamArn, newArn);
        Assert.Equal(JsonSerializer.Serialize(Moved(captured, newArn), PlanJson.Options), JsonSerializer.Serialize(restored, PlanJson.Options));
        Assert.Contains(run.Warnings, w => w.Contains(before.LatestStreamArn, StringComparison.Ordinal) && w.Contains(newArn, StringComparison.Ordinal));
        var table = Assert.Single(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Tables);
        Assert.Empty(table.Drift);
        Assert.True(table.Verified);
        Assert.Equal(
            ["PointInTimeRecovery", "TableClass", "Stream", "Tags", "ResourcePolicy", "StreamPolicy", "Kinesis", "ContributorInsights", "ScalingTarget", "DeletionProtection"],
            run.Evidence("reapply:full.t")["applied"]!.AsArray().Select(n => (string)n!));
        Assert.InRange(factory.Calls.Total, 1, 160);
    }

    [Fact]
    public async Task Settings_that_a_restore_may_carry_wrongly_are_put_right()
    {
        var key = FullTable.KmsKey(sandbox);
        await FullTable.MakeAsync(sandbox, "wrong.t");
        await sandbox.Raw.UpdateTableAsync(new UpdateTableRequest { TableName = "wrong.t", SSESpecification = new SSESpecification { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = key } });
        await TableMaker.ActiveAsync(sandbox.Raw, "wrong.t");
        var run = await SpoiledAsync(
            "wrong.t",
            new UpdateTableRequest
            {
                ProvisionedThroughput = new ProvisionedThroughput(5, 5),
                GlobalSecondaryIndexUpdates =
                [
                    new GlobalSecondaryIndexUpdate
                    {
                        Update = new UpdateGlobalSecondaryIndexAction { IndexName = FullTable.Index, ProvisionedThroughput = new ProvisionedThroughput(5, 5) },
                    },
                ],
            },
            new UpdateTableRequest { TableClass = TableClass.STANDARD },
            new UpdateTableRequest { SSESpecification = new SSESpecification { Enabled = false } });
        var applied = run.Evidence("reapply:wrong.t")["applied"]!.AsArray().Select(n => (string)n!).ToList();
        Assert.Superset(new HashSet<string>(["Throughput", "TableClass", "Encryption"], StringComparer.Ordinal), applied.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_billing_mode_and_limits_on_demand_are_put_right()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "mode.t");
        await sandbox.Raw.UpdateTableAsync(new UpdateTableRequest { TableName = "mode.t", OnDemandThroughput = new OnDemandThroughput { MaxReadRequestUnits = 700, MaxWriteRequestUnits = 300 } });
        await TableMaker.ActiveAsync(sandbox.Raw, "mode.t");
        await sandbox.Raw.UpdateTableAsync(new UpdateTableRequest { TableName = "mode.t", WarmThroughput = new WarmThroughput { ReadUnitsPerSecond = 15_000, WriteUnitsPerSecond = 5_000 } });
        await TableMaker.ActiveAsync(sandbox.Raw, "mode.t");
        var run = await SpoiledAsync(
            "mode.t",
            new UpdateTableRequest { OnDemandThroughput = new OnDemandThroughput { MaxReadRequestUnits = 9, MaxWriteRequestUnits = -1 } },
            new UpdateTableRequest { BillingMode = BillingMode.PROVISIONED, ProvisionedThroughput = new ProvisionedThroughput(5, 5) });
        Assert.Contains("WarmThroughput", run.Evidence("reapply:mode.t")["applied"]!.AsArray().Select(n => (string)n!));
        Assert.Contains("OnDemandLimit", run.Evidence("reapply:mode.t")["applied"]!.AsArray().Select(n => (string)n!));
        Assert.Contains("BillingMode", run.Evidence("reapply:mode.t")["applied"]!.AsArray().Select(n => (string)n!));
    }

    [Fact]
    public async Task A_provisioned_table_that_came_back_on_demand_is_provisioned_again()
    {
        await FullTable.MakeAsync(sandbox, "mode.p");
        await SpoiledAsync("mode.p", new UpdateTableRequest { BillingMode = BillingMode.PAY_PER_REQUEST });
    }

    /// <summary>Restores a table, changes it before its settings are put back, and checks that all of them are as before.</summary>
    private async Task<PlanRun> SpoiledAsync(string table, params UpdateTableRequest[] changes)
    {
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var capture = (DynamoDbCapture)await provider.CaptureAsync(sandbox.Query(table), intent, CancellationToken.None);
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        foreach (var step in run.Steps.TakeWhile(s => s.Kind != "dynamodb.reapply"))
            await run.RunAsync(provider, step);
        foreach (var change in changes)
        {
            change.TableName = table;
            await sandbox.Raw.UpdateTableAsync(change);
            await TableMaker.ActiveAsync(sandbox.Raw, table);
        }

        await run.RunAsync(provider);
        Assert.Empty(provider.Describe(run.Plan, run.EvidenceOrNull)[0].Tables[0].Drift);
        var again = (DynamoDbCapture)await provider.CaptureAsync(
            sandbox.Query(table), intent with { RestoreTime = await sandbox.Process.Clock.NextSecondAsync() }, CancellationToken.None);
        Assert.Empty(SettingsDiff.Compare(capture.Tables[0].Facts, again.Tables[0].Facts, timeToLive: true));
        return run;
    }

    [Fact]
    public async Task Time_to_live_stays_off_when_asked_and_is_listed_as_drift()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "ttl.off");
        await sandbox.Raw.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = "ttl.off", TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "expires", Enabled = true },
        });
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync()) with { SkipTimeToLive = true, SkipSafetyBackup = true };
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("ttl.off"), intent, CancellationToken.None), intent.RunId, sandbox.Clock);
        Assert.DoesNotContain(run.Steps, s => s.Kind is "dynamodb.timetolive" or "dynamodb.safety");
        await run.RunAsync(provider);

        var seen = await sandbox.Raw.DescribeTimeToLiveAsync("ttl.off");
        Assert.Equal(TimeToLiveStatus.DISABLED, seen.TimeToLiveDescription.TimeToLiveStatus);
        Assert.Contains("expires left off", Assert.Single(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)[0].Tables).Drift), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_refuses_is_drift_and_the_rest_goes_on()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "refused.t");
        var arn = (await sandbox.Raw.DescribeTableAsync("refused.t")).Table.TableArn;
        await sandbox.Raw.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "team", Value = "x" }] });
        await sandbox.Raw.UpdateTableAsync(new UpdateTableRequest { TableName = "refused.t", DeletionProtectionEnabled = true });
        await TableMaker.ActiveAsync(sandbox.Raw, "refused.t");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("refused.t"), intent, CancellationToken.None), intent.RunId, sandbox.Clock);
        await sandbox.Process.Control.SetFaultsAsync("""{"service":"dynamodb","operation":"TagResource","effect":"error","code":"ValidationException","status":400,"times":0}""");
        await run.RunAsync(provider);
        await sandbox.Process.Control.ClearFaultsAsync();

        var drift = Assert.Single(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)[0].Tables).Drift);
        Assert.StartsWith("Tags team: expected x, is none", drift, StringComparison.Ordinal);
        Assert.Contains("ValidationException", drift, StringComparison.Ordinal);
        Assert.True((await sandbox.Raw.DescribeTableAsync("refused.t")).Table.DeletionProtectionEnabled);
        Assert.Contains(run.Warnings, w => w.Contains("Tags team", StringComparison.Ordinal));
    }

    private static void AssertFull(TableFacts facts)
    {
        Assert.Equal("STANDARD_INFREQUENT_ACCESS", facts.TableClass);
        Assert.True(facts.DeletionProtection);
        Assert.Equal("NEW_AND_OLD_IMAGES", facts.StreamView);
        Assert.NotNull(facts.StreamPolicy);
        Assert.NotNull(facts.Policy);
        Assert.Equal(14, facts.RecoveryDays);
        Assert.Equal("expires", facts.TimeToLiveAttribute);
        Assert.Equal(["cost", "team"], facts.Tags.Keys);
        Assert.Equal(FullTable.KinesisStream, Assert.Single(facts.Kinesis).Key);
        Assert.Equal(["", FullTable.Index], facts.Insights.Keys);
        Assert.Equal(2, facts.ScalingTargets.Count);
        Assert.Equal(2, facts.ScalingPolicies.Count);
        Assert.Single(facts.ScheduledActions);
        Assert.Equal((40, 30), (facts.Capacity.Read, facts.Capacity.Write));
        Assert.Equal((20, 25), (facts.Indexes[FullTable.Index].Read, facts.Indexes[FullTable.Index].Write));
    }

    private static TableFacts Moved(TableFacts captured, string streamArn) => captured with
    {
        StreamArn = streamArn,
        StreamPolicy = captured.StreamPolicy!.Replace(captured.StreamArn!, streamArn, StringComparison.Ordinal),
    };
}
