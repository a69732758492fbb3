namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The kill matrix over the phase in which databases are restored; a class for each kind, so that both cores walk it.</summary>
public abstract class RestoreKillMatrixTests(string database, string shard)
{
    [Fact]
    public async Task A_restore_killed_at_a_journal_record_comes_to_the_same_end_with_everything_made_once()
    {
        var result = await DrillProgram.RunAsync(
            TimeSpan.FromMinutes(15),
            "--database", database, "--engine", "record", "--workloads", "server", "--no-rows", "--time-scale", "2000",
            "--kill-matrix", "--kill-phase", "restore", "--shard", shard);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches(@"killed [12]\d times, 0 faults", result.Output);
    }
}
