using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The whole procedure on Azure's databases, by the program that the README names.</summary>
public sealed class AzureDrillTests
{
    private static readonly string[] One = ["--engine", "record", "--workloads", "server"];

    [Theory]
    [InlineData("cosmosdb")]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task A_restore_is_proven_for_each_release(string database)
    {
        var result = await ProvenAsync("--database", database, "--engine", "record");

        Assert.Equal([$"orders-{database}", $"ledger-{database}", $"auditor-{database}"], Databases(result).Select(one => (string)one["source"]!));
        Assert.All(Databases(result), one => Assert.Equal((database, 1), ((string)one["kind"]!, (int)one["restores"]!)));

        // One in each container but those of the metadata.
        Assert.Equal(database == "cosmosdb" ? [3, 8, 6] : [0, 0, 0], Databases(result).Select(one => (int)one["procedures"]!));
        Assert.Equal(20, (int)result["tables"]!);
        Assert.InRange((int)result["items"]!, 17 * 30, int.MaxValue);
    }

    [ToolTheory("helm")]
    [InlineData("cosmosdb")]
    [InlineData("postgresql")]
    public async Task Values_files_and_the_Secret_are_updated_and_applied_by_helm(string database) =>
        Assert.Equal("helm", (string?)(await ProvenAsync("--database", database, "--engine", "helm"))["engine"]);

    [Theory]
    [InlineData("cosmosdb")]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task With_calls_throttled_failed_and_answers_lost_it_is_proven_all_the_same(string database) => await ProvenAsync(["--database", database, "--faults", "3", "--seed", "7", .. One]);

    [Theory]
    [InlineData("cosmosdb", "account-restore:orders-cosmosdb", "account-procedures:orders-cosmosdb")]
    [InlineData("mysql", "mysql-restore:orders-mysql", "mysql-reapply:orders-mysql")]
    [InlineData("postgresql", "postgresql-restore:orders-postgresql", "postgresql-availability:orders-postgresql")]
    public async Task Processes_killed_at_steps_are_followed_by_one_that_finishes(string database, string first, string second)
    {
        var result = await ProvenAsync(["--database", database, "--kill-at", first, "--kill-at", second, "--kill-at", "ready:default/orders", .. One]);

        Assert.Equal(3, (int)result["kills"]!);
    }

    private static async Task<JsonNode> ProvenAsync(params string[] arguments)
    {
        var result = await DrillProgram.RunAsync(["--tables", "2", "--items", "30", "--time-scale", "600", "--json", .. arguments]);
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
