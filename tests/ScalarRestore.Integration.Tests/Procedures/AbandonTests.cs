namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary>A restore that is given up before anything live was changed.</summary>
public sealed class AbandonTests(StagedWorld world) : IClassFixture<StagedWorld>
{
    private readonly RecordingHost _host = new() { Continue = false };

    [Fact]
    public async Task A_declined_restore_can_be_given_up_and_the_workloads_run_on_the_data_that_is_there()
    {
        var journal = world.NewJournal();
        var run = await world.StopAsync(_host, journal);
        var declined = await Assert.ThrowsAsync<RestoreException>(() => world.Engine.RestoreDatabasesAsync(
            new RestoreRequest { Run = run, RestoreTime = world.RestoreTime, Timeout = TimeSpan.FromHours(40) }, _host, CancellationToken.None));
        Assert.Equal("ConsentDeclined", declined.Id);

        // Without the word for it, a run that was not restored is not started.
        var refused = await Assert.ThrowsAsync<RestoreException>(() =>
            world.Engine.StartWorkloadsAsync(new StartRequest { Run = run, Timeout = TimeSpan.FromHours(5) }, _host, CancellationToken.None));
        Assert.Equal("WrongPhase", refused.Id);

        run = await world.Engine.StartWorkloadsAsync(new StartRequest { Run = run, Abandon = true, Timeout = TimeSpan.FromHours(5) }, _host, CancellationToken.None);

        Assert.Equal(RestorePhase.Started, run.Phase);
        Assert.Equal(RestoreOutcome.Abandoned, run.Outcome);
        Assert.DoesNotContain(await world.WritesAsync(0), write => world.Tables.Any(table => write == $"dynamodb DeleteTable {table}"));
        Assert.All(await world.FindAsync(_host), workload => Assert.True(workload.ReadyReplicas > 0));
    }
}
