namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>A quarter of the kill matrix; two classes, so that both cores walk it. The whole is walked by the drill with --kill-matrix.</summary>
public abstract class KillMatrixTests(string shard)
{
    [Fact]
    public async Task A_run_killed_at_any_journal_record_comes_to_the_same_end_with_each_table_deleted_once()
    {
        var result = await DrillProgram.RunAsync(
            TimeSpan.FromMinutes(15),
            "--engine", "record", "--workloads", "server", "--tables", "1", "--items", "10", "--quick", "--time-scale", "1000", "--kill-matrix", "--shard", shard);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches(@"killed [4-9]\d times|killed \d{3} times", result.Output);
        Assert.Contains(", 0 faults", result.Output, StringComparison.Ordinal);
    }
}
