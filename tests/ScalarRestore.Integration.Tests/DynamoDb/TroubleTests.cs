using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>Throttling, lost answers, outages, limits.</summary>
public sealed class TroubleTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    [Theory]
    [InlineData("lost.work", "loseAnswer")]
    [InlineData("lost.call", "drop")]
    public async Task Each_change_survives_a_lost_answer_without_being_made_twice(string table, string effect)
    {
        await FullTable.MakeAsync(sandbox, table);
        var rules = ((string[])["RestoreTableToPointInTime", "CreateBackup", "DeleteTable", "RestoreTableFromBackup", "UpdateTable", "UpdateTimeToLive",
            "UpdateContinuousBackups", "TagResource", "PutResourcePolicy", "EnableKinesisStreamingDestination", "UpdateContributorInsights", "RegisterScalableTarget", "PutScalingPolicy"])
            .Select(o => $$"""{"operation":"{{o}}","effect":"{{effect}}","times":1}""").ToArray();
        var (run, provider, factory) = await PlanAsync(table);
        using var _ = factory;

        // Without these the lost answer may be a refusal, after which the call rightly comes again.
        await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"nameReleaseSeconds":0,"continuousBackupsDelaySeconds":0}}""");
        await sandbox.Process.Control.SetFaultsAsync(rules);
        await sandbox.Process.Control.ClearCallsAsync();
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
            await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"nameReleaseSeconds":0.5,"continuousBackupsDelaySeconds":1}}""");
        }

        // Work that was done is not asked for again; work that was not is asked for once more.
        var calls = await sandbox.Process.Control.CallsAsync();
        var again = effect == "drop" ? 1 : 0;
        foreach (var (operation, needed) in (ReadOnlySpan<(string, int)>)[("RestoreTableToPointInTime", 1), ("CreateBackup", 2), ("DeleteTable", 2), ("RestoreTableFromBackup", 1), ("UpdateTimeToLive", 1)])
            Assert.Equal((operation, needed + again), (operation, calls.Count(c => c.Operation == operation && (c.Status is 0 or 200))));
        Assert.Equal("right", Assert.Single(await TableMaker.ItemsAsync(sandbox.Raw, table)).Value);
        Assert.Equal(2, (await sandbox.Raw.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.USER })).BackupSummaries.Count(b => b.TableName.EndsWith(table, StringComparison.Ordinal)));
        Assert.Empty(provider.Describe(run.Plan, run.EvidenceOrNull)[0].Tables[0].Drift);
    }

    [Theory]
    [InlineData("loseAnswer")]
    [InlineData("drop")]
    public async Task A_call_that_must_not_be_made_twice_is_sent_once_over_a_connection_that_breaks(string effect)
    {
        await TableMaker.PlainAsync(sandbox.Raw, $"once.{effect}");
        using var factory = sandbox.Factory();
        var service = factory.For(null, sandbox.Process.AwsRegion, ServiceMode.ReadWrite).DynamoDb;
        await service.DescribeTableAsync($"once.{effect}", CancellationToken.None);
        await sandbox.Process.Control.SetFaultsAsync($$"""{"operation":"CreateBackup","effect":"{{effect}}","times":0}""");
        await sandbox.Process.Control.ClearCallsAsync();
        try
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => service.CreateBackupAsync($"once.{effect}", "b-1", CancellationToken.None));
            Assert.Equal(AwsFaults.Unreachable, fault.Id);
            Assert.Single(await sandbox.Process.Control.CallsAsync(), c => c.Operation == "CreateBackup");
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }
    }

    [Fact]
    public async Task A_third_of_all_calls_throttled_or_failing_only_takes_longer()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "storm.t");
        var (run, provider, factory) = await PlanAsync("storm.t");
        using var _ = factory;
        await sandbox.Process.Control.SetFaultsAsync(
            """{"effect":"throttle","probability":0.2}""",
            """{"effect":"error","code":"InternalServerError","status":500,"probability":0.1}""",
            """{"effect":"drop","probability":0.05}""");
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        Assert.Equal("right", Assert.Single(await TableMaker.ItemsAsync(sandbox.Raw, "storm.t")).Value);
    }

    [Fact]
    public async Task A_restore_beyond_the_accounts_limit_waits_for_its_turn()
    {
        foreach (var table in (string[])["limit.a", "limit.b", "limit.c"])
            await TableMaker.PlainAsync(sandbox.Raw, table);
        await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"limits":{"concurrentRestores":1},"restoreSeconds":10}}""");
        try
        {
            var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
            using var factory = sandbox.Factory();
            var provider = sandbox.Provider(factory);
            var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("limit.a", "limit.b", "limit.c"), intent, CancellationToken.None), intent.RunId, sandbox.Clock);
            await sandbox.Process.Control.ClearCallsAsync();
            await Task.WhenAll(run.Steps.Where(s => s.Kind == "dynamodb.copy").Select(s => run.RunAsync(provider, s)));

            var calls = await sandbox.Process.Control.CallsAsync();
            Assert.Equal(3, calls.Count(c => c.Operation == "RestoreTableToPointInTime" && c.Status == 200));
            Assert.Contains(calls, c => c.Operation == "RestoreTableToPointInTime" && c.Status != 200);
        }
        finally
        {
            await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"limits":{"concurrentRestores":50},"restoreSeconds":1}}""");
        }
    }

    [Fact]
    public async Task A_limit_that_no_waiting_mends_is_a_fault_at_once()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "full.account");
        var (run, provider, factory) = await PlanAsync("full.account");
        using var _ = factory;
        await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"limits":{"tables":1}}}""");
        try
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider, "copy:full.account"));
            Assert.Equal("AwsLimitExceeded", fault.Id);
        }
        finally
        {
            await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"limits":{"tables":2500}}}""");
        }
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up_and_asked_for_again()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "hang.t");
        await sandbox.Process.Control.SetFaultsAsync("""{"operation":"DescribeTable","effect":"hang","times":1}""");
        using var factory = sandbox.Factory(callTimeout: TimeSpan.FromMilliseconds(300));
        var database = Assert.Single(await sandbox.Provider(factory).FindAsync(sandbox.Query("hang.t"), CancellationToken.None));
        Assert.Empty(Assert.Single(database.Tables).Faults);
        await sandbox.Process.Control.ClearFaultsAsync();
    }

    [Fact]
    public async Task A_wrong_secret_is_named_and_never_shown()
    {
        const string secret = "c2VjcmV0LWNhbmFyeS1uZXZlci1zaG93";
        using var factory = new AwsClientFactory(
            new AwsClientSettings { EndpointUrl = sandbox.Process.AwsEndpoint, Credentials = new SessionAWSCredentials(sandbox.Process.AwsAccessKeyId, secret, "token-canary") },
            sandbox.Clock);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider(factory).FindAsync(sandbox.Query("any.t"), CancellationToken.None));
        Assert.Equal("AwsCredentialsRejected", fault.Id);
        Assert.Equal(FaultCategory.AuthenticationError, fault.Category);
        Assert.DoesNotContain(secret, fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_listens_on_is_a_connection_fault()
    {
        using var factory = new AwsClientFactory(
            new AwsClientSettings { EndpointUrl = new Uri("http://127.0.0.1:1"), Credentials = new BasicAWSCredentials("a", "b") }, sandbox.Clock);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider(factory).FindAsync(sandbox.Query("any.t"), CancellationToken.None));
        Assert.Equal(AwsFaults.Unreachable, fault.Id);
        Assert.Equal(FaultCategory.ConnectionError, fault.Category);
        Assert.True(fault.Retryable);
    }

    [Fact]
    public async Task A_stop_is_no_fault()
    {
        await sandbox.Process.Control.SetFaultsAsync("""{"operation":"DescribeTable","effect":"hang","times":1}""");
        using var factory = sandbox.Factory();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Provider(factory).FindAsync(sandbox.Query("any.t"), stop.Token));
        await sandbox.Process.Control.ClearFaultsAsync();
    }

    private async Task<(PlanRun Run, Engine.Databases.DynamoDb.DynamoDbProvider Provider, AwsClientFactory Factory)> PlanAsync(string table)
    {
        await TableMaker.PutAsync(sandbox.Raw, table, 0, "right");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        await TableMaker.PutAsync(sandbox.Raw, table, 0, "wrong");
        var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory, mode: ServiceMode.ReadWrite);
        return (new PlanRun(await provider.CaptureAsync(sandbox.Query(table), intent, CancellationToken.None), intent.RunId, sandbox.Clock), provider, factory);
    }
}
