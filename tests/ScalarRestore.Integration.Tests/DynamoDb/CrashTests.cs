using ScalarRestore.Engine.Databases.DynamoDb;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>The engine is killed at every call of every step, before and after it, and goes on in a new process.</summary>
public sealed class CrashTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_killed_at_any_call_ends_as_one_that_was_not(bool afterAnswer)
    {
        var table = afterAnswer ? "crash.after" : "crash.before";
        var live = await FullTable.MakeAsync(sandbox, table);
        for (var i = 0; i < 5; i++)
            await TableMaker.PutAsync(sandbox.Raw, table, i, $"right {i}");
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync(), afterAnswer ? "20260101-000000-aaaa" : "20260101-000000-bbbb");
        await TableMaker.PutAsync(sandbox.Raw, table, 2, "wrong");

        PlanRun run;
        TableFacts facts;
        using (var planning = sandbox.Factory())
        {
            var capture = (DynamoDbCapture)await sandbox.Provider(planning).CaptureAsync(sandbox.Query(table), intent, CancellationToken.None);
            run = new PlanRun(capture, intent.RunId, sandbox.Clock);
            facts = capture.Tables[0].Facts;
        }

        await sandbox.Process.Control.ClearCallsAsync();
        foreach (var step in run.Steps)
            await run.KillAtEveryCallAsync(step, afterAnswer, observer => sandbox.Factory(observer), factory => sandbox.Provider(factory));

        var calls = await sandbox.Process.Control.CallsAsync();
        Assert.Equal(1, Done(calls, "RestoreTableToPointInTime"));
        Assert.Equal(2, Done(calls, "CreateBackup"));
        Assert.Equal(1, Done(calls, "RestoreTableFromBackup"));
        Assert.Equal(2, Done(calls, "DeleteTable"));
        Assert.Equal(1, Done(calls, "UpdateTimeToLive"));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"right {i}"), (await TableMaker.ItemsAsync(sandbox.Raw, table)).Values);
        Assert.NotEqual(live.TableId, (await sandbox.Raw.DescribeTableAsync(table)).Table.TableId);
        using var looking = sandbox.Factory();
        var again = (DynamoDbCapture)await sandbox.Provider(looking).CaptureAsync(
            sandbox.Query(table), intent with { RestoreTime = await sandbox.Process.Clock.NextSecondAsync() }, CancellationToken.None);
        Assert.Empty(SettingsDiff.Compare(facts, again.Tables[0].Facts, timeToLive: true));
    }

    private static int Done(IEnumerable<ScalarRestore.Testing.SandboxCall> calls, string operation) =>
        calls.Count(c => c.Operation == operation && c.Status == 200);
}
