using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The whole procedure on RDS and Aurora, by the program that the README names.</summary>
public sealed class RdsDrillTests
{
    private static readonly string[] One = ["--engine", "record", "--workloads", "server"];

    [Fact]
    public async Task A_restore_of_instances_is_proven_for_each_release()
    {
        var result = await ProvenAsync("--database", "rds", "--engine", "record");

        Assert.Equal(["orders-db", "ledger-db", "auditor-db"], Databases(result).Select(one => (string)one["source"]!));
        Assert.All(Databases(result), one => Assert.Equal(("rds", 1, 0), Made(one)));
    }

    [Fact]
    public async Task A_restore_of_a_cluster_is_proven()
    {
        var result = await ProvenAsync(["--database", "aurora", .. One]);

        var cluster = Assert.Single(Databases(result));
        Assert.Equal(("aurora", 1, 3), Made(cluster));
        Assert.StartsWith("orders-db-", (string)cluster["restored"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ledger_on_Aurora_and_Auditor_on_RDS_are_restored_at_the_same_time()
    {
        var result = await ProvenAsync("--database", "mixed", "--engine", "record");

        Assert.Equal([("aurora", 1, 3), ("rds", 1, 0)], Databases(result).Select(Made));
        Assert.Equal(["ledger", "auditor"], result["releases"]!.AsArray().Select(name => (string)name!));
        var (sum, whole) = (Databases(result).Sum(one => (double)one["seconds"]!), (double)result["makespanSeconds"]!);
        Assert.True(whole < sum, $"{whole} s for what takes {sum} s one after the other.");
    }

    [ToolFact("helm")]
    public async Task Values_files_are_updated_and_applied_by_helm() =>
        Assert.Equal("helm", (string?)(await ProvenAsync("--database", "mixed", "--engine", "helm"))["engine"]);

    [Theory]
    [InlineData("rds")]
    [InlineData("aurora")]
    public async Task With_calls_throttled_failed_and_answers_lost_it_is_proven_all_the_same(string database) =>
        await ProvenAsync(["--database", database, "--faults", "3", "--seed", "7", .. One]);

    [Fact]
    public async Task Processes_killed_at_steps_are_followed_by_one_that_finishes()
    {
        var result = await ProvenAsync(
            ["--database", "rds", "--kill-at", "instance-restore:orders-db", "--kill-at", "instance-reapply:orders-db", "--kill-at", "ready:default/orders", .. One]);

        Assert.Equal(3, (int)result["kills"]!);
        Assert.Equal(("rds", 1, 0), Made(Assert.Single(Databases(result))));
    }

    [Fact]
    public async Task A_mixed_world_has_no_Server()
    {
        var result = await DrillProgram.RunAsync("--database", "mixed", "--workloads", "server");

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("Ledger and Auditor", result.Error, StringComparison.Ordinal);
    }

    // Without PostgreSQL on the machine no row can be compared, and the verdict says so.
    private static async Task<JsonNode> ProvenAsync(params string[] arguments)
    {
        var result = await DrillProgram.RunAsync(["--tables", "2", "--items", "30", "--time-scale", "600", "--json", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.All(result.Output.Split('\n').SkipWhile(line => !line.Contains("Restore point", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith('{')), line => Assert.InRange(line.Length, 0, 80));
        var json = JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;
        Assert.Equal(json["postgres"] is null ? "control plane proven" : "proven", (string?)json["verdict"]);
        Assert.Equal(0, (int)json["driftLeft"]!);
        Assert.Equal(0, (int)json["deletions"]!);
        Assert.Equal(0, (int)json["wrongItems"]!);
        if (json["postgres"] is not null)
        {
            Assert.Equal(2 * 30 * Databases(json).Count, (int)json["items"]!);
            Assert.InRange((int)json["spoiltItems"]!, 1, int.MaxValue);
        }

        return json;
    }

    private static IReadOnlyList<JsonNode> Databases(JsonNode result) => [.. result["databases"]!.AsArray().Select(one => one!)];

    private static (string, int, int) Made(JsonNode database) => ((string)database["kind"]!, (int)database["restores"]!, (int)database["members"]!);
}
