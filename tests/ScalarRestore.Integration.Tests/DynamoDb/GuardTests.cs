using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>What keeps the engine from deleting or adopting the wrong thing.</summary>
public sealed class GuardTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    /// <summary>Looks that lie so far apart that each asks the fence anew.</summary>
    private static readonly DynamoDbTimings Unhurried = DynamoSandbox.Timings with { ShortPoll = TimeSpan.FromSeconds(4) };

    [Fact]
    public async Task A_live_table_that_was_made_again_is_not_deleted()
    {
        var (run, intent) = await CopiedAsync("guard.again");
        await sandbox.Raw.DeleteTableAsync("guard.again");
        await GoneAsync("guard.again");
        var other = await TableMaker.PlainAsync(sandbox.Raw, "guard.again");

        await AssertRefusedAsync(run, "delete:guard.again", "TableIdentityChanged");
        Assert.Equal(other.TableId, (await sandbox.Raw.DescribeTableAsync("guard.again")).Table.TableId);
        await AssertRefusedAsync(run, "restore:guard.again", "TableIdentityChanged");
        Assert.NotNull(intent);
    }

    [Fact]
    public async Task A_live_table_is_not_deleted_without_its_backup()
    {
        var (run, _) = await CopiedAsync("guard.backup");
        await sandbox.Raw.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = (string)run.Evidence("backup:guard.backup")["backupArn"]! });
        await AssertRefusedAsync(run, "delete:guard.backup", "BackupNotAvailable");
    }

    [Fact]
    public async Task A_live_table_is_not_deleted_without_its_safety_backup()
    {
        var (run, _) = await CopiedAsync("guard.safety");
        await sandbox.Raw.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = (string)run.Evidence("safety:guard.safety")["backupArn"]! });
        await AssertRefusedAsync(run, "delete:guard.safety", "BackupNotAvailable");
    }

    [Fact]
    public async Task A_live_table_is_not_deleted_when_the_check_was_of_another_table()
    {
        var (run, _) = await CopiedAsync("guard.check");
        var check = (JsonObject)run.Evidence("check:guard.check").DeepClone();
        check["tableId"] = "another";
        run.SetEvidence("check:guard.check", check);
        await AssertRefusedAsync(run, "delete:guard.check", "BackupNotAvailable");
    }

    [Fact]
    public async Task A_live_table_is_not_deleted_while_someone_may_write()
    {
        var (run, _) = await CopiedAsync("guard.fence");
        var id = (await sandbox.Raw.DescribeTableAsync("guard.fence")).Table.TableId;
        await sandbox.Process.Control.ClearCallsAsync();
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(sandbox.Provider(factory, new CountingFence(refusesFrom: 1)), "delete:guard.fence"));
        Assert.Equal("WritersPresent", fault.Id);
        Assert.Equal(id, (await sandbox.Raw.DescribeTableAsync("guard.fence")).Table.TableId);
        Assert.DoesNotContain(await sandbox.Process.Control.CallsAsync(), c => c.Operation == "DeleteTable");
    }

    [Fact]
    public async Task A_table_that_bears_the_name_of_the_copy_is_not_adopted()
    {
        var (run, intent) = await PlannedAsync("guard.name");
        await TableMaker.PlainAsync(sandbox.Raw, $"scalarrestore-{intent.RunId}-guard.name", pointInTimeRecovery: false);
        await AssertRefusedAsync(run, "copy:guard.name", "CopyNameTaken");
    }

    [Fact]
    public async Task A_copy_as_of_another_second_is_not_adopted()
    {
        var (run, intent) = await PlannedAsync("guard.second");
        await sandbox.Raw.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = "guard.second",
            TargetTableName = $"scalarrestore-{intent.RunId}-guard.second",
            RestoreDateTime = intent.RestoreTime.UtcDateTime.AddSeconds(-1),
        });
        await AssertRefusedAsync(run, "copy:guard.second", "CopyNameTaken");
    }

    [Fact]
    public async Task Credentials_of_another_account_are_refused()
    {
        var (run, _) = await PlannedAsync("guard.account");
        var step = run.Steps.Single(s => s.Key == "copy:guard.account");
        var input = (JsonObject)step.Input.DeepClone();
        input["table"]!["account"] = "999999999999";
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(sandbox.Provider(factory), step with { Input = input }));
        Assert.Equal("AwsAccountMismatch", fault.Id);
    }

    [Fact]
    public async Task A_restored_table_that_someone_wrote_to_fails_verification()
    {
        var (run, _) = await CopiedAsync("guard.verify");
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        await run.RunAsync(provider, "delete:guard.verify");
        await run.RunAsync(provider, "restore:guard.verify");
        await TableMaker.PutAsync(sandbox.Raw, "guard.verify", 0, "spoilt");
        await AssertRefusedAsync(run, "verify:guard.verify", "VerificationFailed");
        await TableMaker.PutAsync(sandbox.Raw, "guard.verify", 77, "more");
        await AssertRefusedAsync(run, "verify:guard.verify", "VerificationFailed");
        Assert.Contains((await sandbox.Raw.ListTablesAsync()).TableNames, t => t.EndsWith("-guard.verify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_is_not_ours_is_not_cleaned_up()
    {
        var (run, intent) = await CopiedAsync("guard.cleanup");
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        foreach (var step in run.Steps.Where(s => s.Kind is "dynamodb.delete" or "dynamodb.restore" or "dynamodb.reapply" or "dynamodb.verify"))
            await run.RunAsync(provider, step);
        var copy = $"scalarrestore-{intent.RunId}-guard.cleanup";
        await sandbox.Raw.DeleteTableAsync(copy);
        await GoneAsync(copy);
        await TableMaker.PlainAsync(sandbox.Raw, copy, pointInTimeRecovery: false);
        await AssertRefusedAsync(run, "cleanup:guard.cleanup", "CopyNameTaken");
        await sandbox.Raw.DescribeTableAsync(copy);
    }

    [Fact]
    public async Task Rows_newer_than_the_restore_point_stop_the_run_before_anything_is_deleted()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "guard.newer");
        await TableMaker.PutAsync(sandbox.Raw, "guard.newer", 1, "from a clock ahead", sandbox.Clock.GetUtcNow().AddMinutes(10));
        var (run, _) = await PlannedAsync("guard.newer", make: false);
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        await run.RunAsync(provider, "copy:guard.newer");
        await AssertRefusedAsync(run, "check:guard.newer", "RowsNewerThanRestorePoint");
    }

    [Fact]
    public async Task Unfinished_rows_are_reported_and_let_pass()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "guard.prepared");
        await TableMaker.PutAsync(sandbox.Raw, "guard.prepared", 1, "prepared", sandbox.Clock.GetUtcNow(), state: "1");
        await TableMaker.PutAsync(sandbox.Raw, "guard.prepared", 2, "committed", sandbox.Clock.GetUtcNow());
        var (run, _) = await PlannedAsync("guard.prepared", make: false);
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        await run.RunAsync(provider, "copy:guard.prepared");
        await run.RunAsync(provider, "check:guard.prepared");
        Assert.Equal(1, (int)run.Evidence("check:guard.prepared")["unfinished"]!);
        Assert.Contains(run.Warnings, w => w.Contains("1 rows are PREPARED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_that_saw_nothing_is_empty_or_inconclusive_but_no_pass()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "guard.empty");
        var (run, _) = await PlannedAsync("guard.empty", make: false);
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        await run.RunAsync(provider, "copy:guard.empty");
        await run.RunAsync(provider, "check:guard.empty");
        Assert.Equal("empty", (string?)run.Evidence("check:guard.empty")["verdict"]);
        Assert.Empty(run.Warnings);

        await TableMaker.PutAsync(sandbox.Raw, "guard.empty", 1, "since");
        await run.RunAsync(provider, "check:guard.empty");
        Assert.Equal("inconclusive", (string?)run.Evidence("check:guard.empty")["verdict"]);
        Assert.Single(run.Warnings);
    }

    [Fact]
    public async Task A_refused_fence_comes_before_anything_of_a_live_table_is_touched()
    {
        var (run, facts) = await FullyCopiedAsync("guard.first");
        await AssertRefusedAsync(run, "delete:guard.first", "WritersPresent", new CountingFence(refusesFrom: 1));
        await AssertAsBeforeAsync("guard.first", facts);
    }

    [Fact]
    public async Task A_fence_that_refuses_later_puts_protection_and_scaling_back()
    {
        var (run, facts) = await FullyCopiedAsync("guard.later");
        using var factory = sandbox.Factory();
        await sandbox.Process.Control.ClearCallsAsync();
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => run.RunAsync(sandbox.Provider(factory, new CountingFence(refusesFrom: 2), timings: Unhurried), "delete:guard.later"));
        Assert.Equal("WritersPresent", fault.Id);
        Assert.DoesNotContain("could not be put back", fault.Message, StringComparison.Ordinal);
        var calls = await sandbox.Process.Control.CallsAsync();
        Assert.DoesNotContain(calls, c => c.Operation == "DeleteTable");
        Assert.Equal(2, calls.Count(c => c.Operation == "UpdateTable" && c.Status == 200));
        await AssertAsBeforeAsync("guard.later", facts);

        // Once the writers are gone, the same step goes on.
        await run.RunAsync(sandbox.Provider(factory), "delete:guard.later");
        Assert.DoesNotContain((await sandbox.Raw.ListTablesAsync()).TableNames, t => t == "guard.later");
    }

    [Fact]
    public async Task Another_process_puts_back_what_a_killed_one_took_off()
    {
        var (run, facts) = await FullyCopiedAsync("guard.killed");
        using (var killed = sandbox.Factory(new OperationStopper("UpdateTable")))
            await Assert.ThrowsAsync<EngineKilledException>(() => run.RunAsync(sandbox.Provider(killed), "delete:guard.killed"));
        await TableMaker.ActiveAsync(sandbox.Raw, "guard.killed");
        Assert.NotEqual(true, (await sandbox.Raw.DescribeTableAsync("guard.killed")).Table.DeletionProtectionEnabled);

        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => run.RunAsync(sandbox.Provider(factory, new CountingFence(refusesFrom: 1)), "delete:guard.killed"));
        Assert.Equal("WritersPresent", fault.Id);
        await AssertAsBeforeAsync("guard.killed", facts);
    }

    [Fact]
    public async Task Protection_that_cannot_be_put_back_is_part_of_the_fault()
    {
        var (run, _) = await FullyCopiedAsync("guard.bare");
        using var factory = sandbox.Factory();
        var fence = new CountingFence(refusesFrom: 2)
        {
            Refusing = () => sandbox.Process.Control.SetFaultsAsync("""{"service":"dynamodb","operation":"UpdateTable","effect":"error","code":"AccessDeniedException","status":400,"times":0}"""),
        };
        try
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(sandbox.Provider(factory, fence, timings: Unhurried), "delete:guard.bare"));
            Assert.Equal("WritersPresent", fault.Id);
            Assert.Contains("could not be put back", fault.Message, StringComparison.Ordinal);
            Assert.Contains("--deletion-protection-enabled", fault.Mend, StringComparison.Ordinal);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }
    }

    [Fact]
    public async Task A_safety_backup_from_before_the_step_is_not_adopted()
    {
        var (run, intent) = await PlannedAsync("guard.old");
        var name = $"scalarrestore-{intent.RunId}-safety";
        var old = (await sandbox.Raw.CreateBackupAsync(new CreateBackupRequest { TableName = "guard.old", BackupName = name })).BackupDetails;
        await sandbox.Process.Clock.Delay(TimeSpan.FromMinutes(2));
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        await run.RunAsync(provider, "safety:guard.old");
        var made = (string?)run.Evidence("safety:guard.old")["backupArn"];
        Assert.NotEqual(old.BackupArn, made);

        await sandbox.Process.Clock.Delay(TimeSpan.FromMinutes(2));
        await run.RunAsync(provider, "safety:guard.old");
        Assert.Equal(made, (string?)run.Evidence("safety:guard.old")["backupArn"]);
    }

    [Fact]
    public async Task A_copy_of_a_later_plan_is_cleaned_up_like_that_of_the_first()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "guard.plan2");
        await TableMaker.PutAsync(sandbox.Raw, "guard.plan2", 0, "right");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var capture = await provider.CaptureAsync(sandbox.Query("guard.plan2"), intent with { RunId = $"{intent.RunId}.2" }, CancellationToken.None);
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);
        Assert.DoesNotContain((await sandbox.Raw.ListTablesAsync()).TableNames, t => t.EndsWith("-guard.plan2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_within_the_allowed_clock_skew_pass()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "guard.skew");
        await TableMaker.PutAsync(sandbox.Raw, "guard.skew", 1, "from a clock ahead", sandbox.Clock.GetUtcNow().AddMinutes(10));
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync()) with { ClockSkew = TimeSpan.FromMinutes(10) };
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("guard.skew"), intent, CancellationToken.None), intent.RunId, sandbox.Clock);
        await run.RunAsync(provider, "copy:guard.skew");
        await run.RunAsync(provider, "check:guard.skew");
        Assert.Equal("pass", (string?)run.Evidence("check:guard.skew")["verdict"]);
    }

    private async Task<(PlanRun Run, TableFacts Facts)> FullyCopiedAsync(string table)
    {
        await FullTable.MakeAsync(sandbox, table);
        await TableMaker.PutAsync(sandbox.Raw, table, 0, "right");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var capture = (DynamoDbCapture)await provider.CaptureAsync(sandbox.Query(table), intent, CancellationToken.None);
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        foreach (var step in run.Steps.TakeWhile(s => s.Kind != "dynamodb.delete"))
            await run.RunAsync(provider, step);
        return (run, capture.Tables[0].Facts);
    }

    private async Task AssertAsBeforeAsync(string table, TableFacts facts)
    {
        using var factory = sandbox.Factory();
        var capture = (DynamoDbCapture)await sandbox.Provider(factory).CaptureAsync(
            sandbox.Query(table), DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync()), CancellationToken.None);
        Assert.Empty(SettingsDiff.Compare(facts, capture.Tables[0].Facts, timeToLive: true));
    }

    private async Task<(PlanRun Run, RestoreIntent Intent)> PlannedAsync(string table, bool make = true)
    {
        if (make)
        {
            await TableMaker.PlainAsync(sandbox.Raw, table);
            await TableMaker.PutAsync(sandbox.Raw, table, 0, "right");
            await sandbox.Process.Clock.NextSecondAsync();
        }

        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());
        using var factory = sandbox.Factory();
        var capture = await sandbox.Provider(factory).CaptureAsync(sandbox.Query(table), intent, CancellationToken.None);
        return (new PlanRun(capture, intent.RunId, sandbox.Clock), intent);
    }

    private async Task<(PlanRun Run, RestoreIntent Intent)> CopiedAsync(string table)
    {
        var (run, intent) = await PlannedAsync(table);
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        foreach (var step in run.Steps.TakeWhile(s => s.Kind != "dynamodb.delete"))
            await run.RunAsync(provider, step);
        return (run, intent);
    }

    // Whatever the handler does, a change behind its refusal would show in the call log.
    private async Task AssertRefusedAsync(PlanRun run, string key, string id, IWriterFence? fence = null)
    {
        await sandbox.Process.Control.ClearCallsAsync();
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(sandbox.Provider(factory, fence), key));
        Assert.Equal(id, fault.Id);
        Assert.False(string.IsNullOrEmpty(fault.Mend));
        Assert.DoesNotContain(await sandbox.Process.Control.CallsAsync(), c => c.IsWrite);
    }

    private async Task GoneAsync(string table)
    {
        while ((await sandbox.Raw.ListTablesAsync()).TableNames.Contains(table, StringComparer.Ordinal))
            await Task.Delay(15);
        await sandbox.Process.Clock.Delay(TimeSpan.FromSeconds(2));
    }

    /// <summary>Refuses from the n-th look on.</summary>
    private sealed class CountingFence(int refusesFrom) : IWriterFence
    {
        private int _looks;

        public Func<Task> Refusing { get; init; } = () => Task.CompletedTask;

        public async Task EnsureNoWritersAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _looks) < refusesFrom)
                return;
            await Refusing();
            throw new RestoreException("WritersPresent", FaultCategory.InvalidOperation, "A pod is back.", mend: "Stop it.");
        }
    }

    /// <summary>Stops the engine dead after the answer to an operation.</summary>
    private sealed class OperationStopper(string operation) : IAwsCallObserver
    {
        public void Sending(AwsCall call)
        {
        }

        public void Answered(AwsCall call)
        {
            if (call.Operation == operation)
                throw new EngineKilledException(operation);
        }
    }
}
