using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The whole procedure, by the program that the README names.</summary>
public sealed class DrillTests
{
    private static readonly string[] Small = ["--tables", "2", "--items", "30", "--time-scale", "600", "--json"];

    [Fact]
    public async Task A_restore_in_process_is_proven_and_told_as_json()
    {
        var result = await ProvenAsync("--engine", "record");

        Assert.Equal("dynamodb", (string?)result["database"]);
        Assert.Equal("record", (string?)result["engine"]);
        Assert.Equal(20, (int)result["tables"]!);
        Assert.Equal(20, (int)result["deletions"]!);
        Assert.InRange((int)result["items"]!, 400, 1000);
        Assert.InRange((int)result["spoiltItems"]!, 100, 10_000);
        Assert.Equal(0, (int)result["wrongItems"]!);
        Assert.Equal(0, (int)result["writesDuringRestore"]!);
        Assert.Equal(0, (int)result["driftLeft"]!);
        Assert.True((int)result["steps"]! > 20 * 8);
        Assert.True((double)result["makespanSeconds"]! >= (double)result["criticalPathSeconds"]! - 0.1);
    }

    [ToolFact("helm")]
    public async Task A_restore_by_helm_is_proven() =>
        Assert.Equal("helm", (string?)(await ProvenAsync("--engine", "helm"))["engine"]);

    [Fact]
    public async Task With_calls_throttled_failed_and_answers_lost_it_is_proven_all_the_same() =>
        Assert.Equal("proven", (string?)(await ProvenAsync("--engine", "record", "--workloads", "server", "--faults", "3", "--seed", "7"))["verdict"]);

    [Fact]
    public async Task A_process_killed_at_a_step_is_followed_by_one_that_finishes() =>
        Assert.Equal(
            3,
            (int)(await ProvenAsync(
                "--engine", "record", "--workloads", "server", "--kill-at", "scale-in:default/orders", "--kill-at", "delete:db_app.t1", "--kill-at", "ready:default/orders"))["kills"]!);

    [Theory]
    [InlineData("--tables", "none")]
    [InlineData("--engine", "magic")]
    [InlineData("--colour", "blue")]
    public async Task A_wrong_option_is_told_with_the_usage(string option, string value)
    {
        var result = await DrillProgram.RunAsync(option, value);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("--kill-at", result.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ProvenAsync(params string[] arguments)
    {
        var result = await DrillProgram.RunAsync([.. Small, .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var json = JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;
        Assert.Equal("proven", (string?)json["verdict"]);
        return json;
    }
}
