namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>The engine is killed at every call of every step, before and after it, and goes on in a new process.</summary>
public sealed class CrashTests(RdsSandbox sandbox) : IClassFixture<RdsSandbox>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_restore_killed_at_any_call_makes_everything_once(bool cluster, bool afterAnswer)
    {
        var name = $"{(cluster ? "c" : "i")}{(afterAnswer ? "after" : "before")}";
        _ = cluster ? await sandbox.MakeClusterAsync(name) : await sandbox.MakeInstanceAsync(name);
        var intent = RdsSandbox.Intent(await sandbox.PointAsync(() => cluster ? sandbox.ClusterAsync(name) : sandbox.InstanceAsync(name))) with { KeepIdentifier = true };
        PlanRun run;
        using (var planning = sandbox.Factory())
            run = new PlanRun((await sandbox.Provider(planning).CaptureAsync(sandbox.Query(name), intent, CancellationToken.None)), intent.RunId, sandbox.Clock);

        await sandbox.Process.Control.ClearCallsAsync();
        foreach (var step in run.Steps)
            await run.KillAtEveryCallAsync(step, afterAnswer, observer => sandbox.Factory(observer), factory => sandbox.Provider(factory));

        var calls = await sandbox.Process.Control.CallsAsync();
        Assert.Equal(cluster ? 0 : 1, Done(calls, "RestoreDBInstanceToPointInTime"));
        Assert.Equal(cluster ? 1 : 0, Done(calls, "RestoreDBClusterToPointInTime"));
        Assert.Equal(cluster ? 3 : 0, Done(calls, "CreateDBInstance"));
        Assert.Equal(cluster ? 1 : 0, Done(calls, "CreateDBClusterEndpoint"));
        Assert.Equal(0, Done(calls, "DeleteDBInstance") + Done(calls, "DeleteDBCluster"));
        using var factory = sandbox.Factory();
        var database = Assert.Single(sandbox.Provider(factory).Describe(run.Plan, run.EvidenceOrNull));
        Assert.True(database.Verified);
        Assert.Equal(cluster ? [] : ["its master user's password is kept in a new secret of Secrets Manager"], database.Drift);
    }

    private static int Done(IEnumerable<SandboxCall> calls, string operation) => calls.Count(call => call.Operation == operation && call.Status == 200);
}
