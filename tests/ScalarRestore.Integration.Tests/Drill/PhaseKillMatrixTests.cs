namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The kill matrix over one phase, or a share of it; a class for each, so that both cores walk it.</summary>
public abstract class PhaseKillMatrixTests(string database, string phase, string shard)
{
    [Fact]
    public async Task A_run_killed_at_a_journal_record_comes_to_the_same_end_with_everything_made_once()
    {
        var result = await DrillProgram.RunAsync(
            TimeSpan.FromMinutes(15),
            "--database", database, "--engine", "record", "--workloads", "server", "--no-rows", "--time-scale", "2000",
            "--kill-matrix", "--kill-phase", phase, "--shard", shard);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches(@"killed [1-9]\d* times, 0 faults", result.Output);
    }
}
