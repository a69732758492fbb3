using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>What is found out before anything is changed.</summary>
public sealed class PreflightTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    [Fact]
    public async Task All_faults_of_all_tables_come_at_once()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "pre.good");
        await TableMaker.PlainAsync(sandbox.Raw, "pre.off", pointInTimeRecovery: false);
        await TableMaker.PlainAsync(sandbox.Raw, "pre.busy");
        await sandbox.Raw.UpdateTableAsync(new UpdateTableRequest { TableName = "pre.busy", DeletionProtectionEnabled = true });

        var fault = await CaptureFaultAsync(sandbox.Clock.GetUtcNow().AddDays(-40), "pre.good", "pre.off", "pre.gone", "pre.busy");

        Assert.Equal("RestorePreflightFailed", fault.Id);
        Assert.NotNull(fault.Mend);
        Assert.Contains(fault.Faults, f => f.Id == "TableNotFound" && f.Message.Contains("pre.gone", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, f => f.Id == "PointInTimeRecoveryOff" && f.Message.Contains("pre.off", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, f => f.Id == "RestoreTimeTooEarly" && f.Message.Contains("pre.good", StringComparison.Ordinal));
        Assert.All(fault.Faults, f => Assert.Contains($"{sandbox.Process.AwsAccountId}/{sandbox.Process.AwsRegion}", f.Message, StringComparison.Ordinal));
        Assert.All(fault.Faults, f => Assert.Contains(f.Message, fault.Message, StringComparison.Ordinal));
        Assert.All(fault.Faults, f => Assert.False(string.IsNullOrEmpty(f.Mend)));
    }

    [Fact]
    public async Task A_restore_point_in_the_future_is_refused()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "future.t");
        var fault = await CaptureFaultAsync(sandbox.Clock.GetUtcNow().AddHours(9), "future.t");
        Assert.Equal("RestoreTimeInFuture", Assert.Single(fault.Faults).Id);
    }

    [Fact]
    public async Task A_restore_point_that_is_not_restorable_yet_is_waited_for()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "lag.t");
        await TableMaker.PutAsync(sandbox.Raw, "lag.t", 1, "one");
        await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"latestRestorableLagSeconds":30}}""");
        try
        {
            var time = await sandbox.Process.Clock.NextSecondAsync();
            var intent = DynamoSandbox.Intent(time);
            using var factory = sandbox.Factory();
            var provider = sandbox.Provider(factory);
            var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("lag.t"), intent, CancellationToken.None), intent.RunId, sandbox.Clock);
            await run.RunAsync(provider, "copy:lag.t");
            Assert.True(sandbox.Clock.GetUtcNow() - time >= TimeSpan.FromSeconds(30));
        }
        finally
        {
            await sandbox.Process.Control.PatchSettingsAsync("""{"dynamodb":{"latestRestorableLagSeconds":0}}""");
        }
    }

    [Fact]
    public async Task Finding_and_capturing_send_nothing_but_reads()
    {
        await FullTable.MakeAsync(sandbox, "reads.t");
        await sandbox.Process.Control.ClearCallsAsync();
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory, mode: ServiceMode.ReadWrite);
        var database = Assert.Single(await provider.FindAsync(sandbox.Query("reads.t"), CancellationToken.None));
        await provider.CaptureAsync(sandbox.Query("reads.t"), DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync()), CancellationToken.None);

        var calls = await sandbox.Process.Control.CallsAsync();
        Assert.NotEmpty(calls);
        Assert.DoesNotContain(calls, c => c.IsWrite);
        var table = Assert.Single(database.Tables);
        Assert.Empty(table.Faults);
        Assert.Equal("ACTIVE", table.Status);
        Assert.Equal(1, table.Indexes);
        Assert.NotNull(database.EarliestRestorableTime);
        Assert.NotNull(database.LatestRestorableTime);
    }

    [Fact]
    public async Task In_read_only_mode_the_transport_refuses_every_change()
    {
        await FullTable.MakeAsync(sandbox, "refuse.t");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory, mode: ServiceMode.ReadOnly);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("refuse.t"), intent, CancellationToken.None), intent.RunId, sandbox.Clock);
        await sandbox.Process.Control.ClearCallsAsync();
        foreach (var key in (string[])["copy:refuse.t", "safety:refuse.t"])
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider, key));
            Assert.Equal("ReadOnlyMode", fault.Id);
        }

        var scaling = factory.For(null, sandbox.Process.AwsRegion, ServiceMode.ReadOnly).Scaling;
        var refused = await Assert.ThrowsAsync<RestoreException>(() => scaling.RegisterTargetAsync([], CancellationToken.None));
        Assert.Equal("ReadOnlyMode", refused.Id);
        Assert.DoesNotContain(await sandbox.Process.Control.CallsAsync(), c => c.IsWrite);
    }

    [Fact]
    public async Task Found_tables_carry_their_faults()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "found.off", pointInTimeRecovery: false);
        using var factory = sandbox.Factory();
        var database = Assert.Single(await sandbox.Provider(factory).FindAsync(sandbox.Query("found.off", "found.gone"), CancellationToken.None));
        Assert.StartsWith("[TableNotFound]", Assert.Single(database.Tables[0].Faults), StringComparison.Ordinal);
        Assert.StartsWith("[PointInTimeRecoveryOff]", Assert.Single(database.Tables[1].Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "denied.t");
        await sandbox.Process.Control.SetFaultsAsync("""{"service":"dynamodb","operation":"ListTagsOfResource","effect":"error","code":"AccessDeniedException","status":400,"times":0}""");
        try
        {
            var fault = await CaptureFaultAsync(sandbox.Clock.GetUtcNow().AddSeconds(-1), "denied.t");
            var denied = fault.Faults.Single(f => f.Id == "AwsAccessDenied");
            Assert.Contains("dynamodb:ListTagsOfResource", denied.Message, StringComparison.Ordinal);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }
    }

    [Fact]
    public async Task The_same_tables_give_the_same_steps_another_day()
    {
        await FullTable.MakeAsync(sandbox, "same.t");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var first = await provider.CaptureAsync(sandbox.Query("same.t"), intent, CancellationToken.None);
        await TableMaker.PutAsync(sandbox.Raw, "same.t", 1, "one");
        await sandbox.Process.Clock.Delay(TimeSpan.FromSeconds(20));
        var second = await provider.CaptureAsync(sandbox.Query("same.t"), intent, CancellationToken.None);
        Assert.Equal(Text(first), Text(second));

        static string Text(Engine.Databases.IDatabaseCapture c) =>
            System.Text.Json.JsonSerializer.Serialize(c.CopySteps.Concat(c.SwapSteps), Engine.Planning.PlanJson.Options);
    }

    private async Task<RestoreException> CaptureFaultAsync(DateTimeOffset time, params string[] tables)
    {
        using var factory = sandbox.Factory();
        return await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(factory).CaptureAsync(sandbox.Query(tables), DynamoSandbox.Intent(time), CancellationToken.None));
    }
}
