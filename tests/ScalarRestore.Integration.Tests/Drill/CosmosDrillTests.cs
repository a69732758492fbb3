using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The whole procedure on Cosmos DB accounts, by the program that the README names.</summary>
public sealed class CosmosDrillTests
{
    private static readonly string[] One = ["--engine", "record", "--workloads", "server"];

    [Fact]
    public async Task A_restore_of_accounts_is_proven_for_each_release()
    {
        var result = await ProvenAsync("--engine", "record");

        Assert.Equal(["orders-cosmos", "ledger-cosmos", "auditor-cosmos"], Databases(result).Select(one => (string)one["source"]!));
        Assert.All(Databases(result), one => Assert.Equal(("cosmosdb", 1), ((string)one["kind"]!, (int)one["restores"]!)));

        // One in each container but those of the metadata.
        Assert.Equal([3, 8, 6], Databases(result).Select(one => (int)one["procedures"]!));
        Assert.Equal(20, (int)result["tables"]!);
        Assert.InRange((int)result["items"]!, 17 * 30, int.MaxValue);
    }

    [ToolFact("helm")]
    public async Task Values_files_and_the_Secret_are_updated_and_applied_by_helm() => Assert.Equal("helm", (string?)(await ProvenAsync("--engine", "helm"))["engine"]);

    [Fact]
    public async Task With_calls_throttled_failed_and_answers_lost_it_is_proven_all_the_same() => await ProvenAsync(["--faults", "3", "--seed", "7", .. One]);

    [Fact]
    public async Task Processes_killed_at_steps_are_followed_by_one_that_finishes()
    {
        var result = await ProvenAsync(["--kill-at", "account-restore:orders-cosmos", "--kill-at", "account-procedures:orders-cosmos", "--kill-at", "ready:default/orders", .. One]);

        Assert.Equal(3, (int)result["kills"]!);
    }

    private static async Task<JsonNode> ProvenAsync(params string[] arguments)
    {
        var result = await DrillProgram.RunAsync(["--database", "cosmosdb", "--tables", "2", "--items", "30", "--time-scale", "600", "--json", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.All(result.Output.Split('\n').SkipWhile(line => !line.Contains("Restore point", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith('{')), line => Assert.InRange(line.Length, 0, 80));
        var json = JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;
        Assert.Equal("proven", (string?)json["verdict"]);
        Assert.Equal((0, 0, 0), ((int)json["driftLeft"]!, (int)json["deletions"]!, (int)json["wrongItems"]!));
        Assert.InRange((int)json["spoiltItems"]!, 1, int.MaxValue);
        return json;
    }

    private static IReadOnlyList<JsonNode> Databases(JsonNode result) => [.. result["databases"]!.AsArray().Select(one => one!)];
}
