using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>All six kinds of databases in one run with one restore point, by the program that the README names.</summary>
public sealed class AllDrillTests
{
    [Fact]
    public async Task Six_kinds_are_restored_to_one_point_at_the_same_time()
    {
        var result = await RunAsync("--no-rows");

        Assert.Equal("control plane proven", (string?)result["verdict"]);
        Assert.Equal(["cosmosdb", "aurora", "rds", "mysql", "postgresql"], result["databases"]!.AsArray().Select(one => (string)one!["kind"]!));
        Assert.All(result["databases"]!.AsArray(), one => Assert.Equal(1, (int)one!["restores"]!));
        Assert.Equal((4, 0, 0, 0), ((int)result["deletions"]!, (int)result["driftLeft"]!, (int)result["wrongItems"]!, (int)result["writesDuringRestore"]!));
        Assert.InRange((int)result["spoiltItems"]!, 1, int.MaxValue);
        var kinds = result["kindSeconds"]!.AsObject().ToDictionary(kind => kind.Key, kind => (double)kind.Value!, StringComparer.Ordinal);
        Assert.Equal(["aurora", "cosmosdb", "dynamodb", "mysql", "postgresql", "rds"], kinds.Keys.Order(StringComparer.Ordinal));
        Assert.InRange((double)result["makespanSeconds"]!, kinds.Values.Max() - 1, kinds.Values.Sum() / 2);
    }

    [Fact]
    public async Task A_run_that_is_killed_and_meets_faults_is_proven_all_the_same()
    {
        var result = await RunAsync("--faults", "2", "--kill-at", "account-reapply:orders-cosmosdb", "--kill-at", "delete:db_app.t1");

        Assert.Equal(result["postgres"] is null ? "control plane proven" : "proven", (string?)result["verdict"]);
        Assert.Equal(2, (int)result["kills"]!);
    }

    private static async Task<JsonNode> RunAsync(params string[] arguments)
    {
        var result = await DrillProgram.RunAsync(TimeSpan.FromMinutes(5), ["--database", "all", "--engine", "record", "--tables", "2", "--items", "30", "--time-scale", "300", "--json", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.All(result.Output.Split('\n').SkipWhile(line => !line.Contains("Restore point", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith('{')), line => Assert.InRange(line.Length, 0, 80));
        return JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;
    }
}
