namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary><c>-WhatIf</c> and <c>-PlanOnly</c> send nothing but reads and change nothing.</summary>
public sealed class DryRunTests(StagedWorld world) : IClassFixture<StagedWorld>
{
    private readonly RecordingHost _host = new() { Process = false };

    [Fact]
    public async Task The_whole_pipeline_under_WhatIf_lists_every_change_and_makes_none()
    {
        var (before, since) = (await world.StateAsync(), await world.LastCallAsync());
        var journal = world.NewJournal();

        var stopped = await world.Engine.StopWorkloadsAsync(
            new StopRequest { Workloads = await world.FindAsync(_host), JournalPath = journal, Engine = WorkloadEngine.Record, WhatIf = true }, _host, CancellationToken.None);
        var restored = await world.Engine.RestoreDatabasesAsync(
            new RestoreRequest { Run = stopped, RestoreTime = world.RestoreTime, WhatIf = true }, _host, CancellationToken.None);
        var updated = (await world.Engine.UpdateValuesAsync(new UpdateValuesRequest { Run = restored, WhatIf = true }, _host, CancellationToken.None)).Run!;
        var started = await world.Engine.StartWorkloadsAsync(new StartRequest { Run = updated, WhatIf = true }, _host, CancellationToken.None);

        Assert.All([stopped, restored, updated, started], run => Assert.True(run.NotExecuted));
        Assert.Equal(world.Tables.Count, restored.Plan!.Steps.Count(step => step.Irreversible));
        Assert.All(world.Tables, table => Assert.Contains(_host.Processed, line => line.EndsWith($"table/{table}", StringComparison.Ordinal) || line.Contains(table, StringComparison.Ordinal)));
        Assert.Equal(before, await world.StateAsync());
        Assert.Empty(await world.WritesAsync(since));
        Assert.False(Directory.Exists(journal));
    }

    [Fact]
    public async Task The_same_facts_give_the_same_plan_digest()
    {
        var run = await world.Engine.StopWorkloadsAsync(
            new StopRequest { Workloads = await world.FindAsync(_host), JournalPath = world.NewJournal(), Engine = WorkloadEngine.Record, WhatIf = true }, _host, CancellationToken.None);
        var request = new RestoreRequest { Run = run, RestoreTime = world.RestoreTime, PlanOnly = true };

        var one = await world.Engine.RestoreDatabasesAsync(request, _host, CancellationToken.None);
        var other = await world.Engine.RestoreDatabasesAsync(request, _host, CancellationToken.None);
        var later = await world.Engine.RestoreDatabasesAsync(request with { RestoreTime = world.RestoreTime.AddSeconds(1) }, _host, CancellationToken.None);

        Assert.Equal(one.Plan!.Digest, other.Plan!.Digest);
        Assert.NotEqual(one.Plan.Digest, later.Plan!.Digest);
        Assert.True(one.Plan.Estimate >= one.Plan.CriticalPath);
    }

    [Fact]
    public async Task A_declined_stop_stops_nothing()
    {
        var before = await world.StateAsync();
        var run = await world.StopAsync(_host, world.NewJournal());

        Assert.True(run.NotExecuted);
        Assert.Contains(_host.Warnings, warning => warning.Contains("nothing was stopped", StringComparison.Ordinal));
        Assert.Equal(before, await world.StateAsync());
    }
}
