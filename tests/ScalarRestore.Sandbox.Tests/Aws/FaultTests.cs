using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>Every effect of the fault plan, each with a table of its own.</summary>
public sealed class FaultTests : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private readonly DynamoDbFixture _fixture;
    private readonly AmazonDynamoDBClient _once;

    public FaultTests(DynamoDbFixture fixture)
    {
        _fixture = fixture;
        _once = fixture.NewClient(retries: 0);
    }

    public Task InitializeAsync() => _fixture.Sandbox.Control.ClearFaultsAsync();

    public async Task DisposeAsync()
    {
        _once.Dispose();
        await _fixture.Sandbox.Control.ClearFaultsAsync();
    }

    [Fact]
    public async Task Throttles_the_nth_calls_of_one_table()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("throttle", "Describe*", table, ",\"from\":2,\"times\":2");
        await _once.DescribeTableAsync(table);
        Assert.Equal(
            "ThrottlingException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => _once.DescribeTableAsync(table))).ErrorCode);
        Assert.Equal(
            "ThrottlingException",
            (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => _once.DescribeTimeToLiveAsync(table))).ErrorCode);
        await _once.DescribeTableAsync(table);
        var rule = Assert.Single((await _fixture.Sandbox.Control.FaultsAsync()).AsArray());
        Assert.Equal(4, (int)rule!["matched"]!);
        Assert.Equal(2, (int)rule["hits"]!);
    }

    [Fact]
    public async Task Answers_the_error_asked_for_and_does_nothing()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("error", "PutItem", table, ",\"code\":\"InternalServerError\",\"status\":500");
        Assert.Equal("InternalServerError", (await Assert.ThrowsAsync<InternalServerErrorException>(() => PutAsync(table))).ErrorCode);
        Assert.Empty(await _fixture.ValuesAsync(table));
    }

    [Fact]
    public async Task Is_overcome_by_a_client_that_retries()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("throttle", "PutItem", table, ",\"times\":2");
        await _fixture.PutAsync(table, "a", 1, "x");
        Assert.Single(await _fixture.ValuesAsync(table));
    }

    // The AWS client repeats a call whose connection broke, even one that is told never to retry: a mutation is then made twice, and only
    // the call log shows it.
    [Fact]
    public async Task Drops_the_connection_before_the_work()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("drop", "PutItem", table, ",\"times\":0");
        await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(table));
        Assert.Empty(await _fixture.ValuesAsync(table));
        Assert.All(await StatusesAsync(table), status => Assert.Equal(0, status));
    }

    [Fact]
    public async Task Loses_the_answer_after_the_work()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("loseAnswer", "PutItem", table, ",\"times\":0");
        await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(table));
        Assert.Single(await _fixture.ValuesAsync(table));
        Assert.All(await StatusesAsync(table), status => Assert.Equal(0, status));
    }

    [Fact]
    public async Task Loses_one_answer_and_the_client_repeats_the_call_unasked()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("loseAnswer", "PutItem", table);
        await PutAsync(table);
        var statuses = await StatusesAsync(table);
        Assert.Equal(new[] { 0, 200 }, statuses);
    }

    [ToolFact("kubectl")]
    public async Task Throttles_Kubernetes_in_its_own_words()
    {
        await _fixture.Sandbox.Control.SetFaultsAsync("""{"service":"kubernetes","operation":"POST configmaps","resource":"default","effect":"throttle","times":1}""");
        var result = (
            await Tool.RunAsync("kubectl", ["create", "configmap", "faulty", "-n", "default"], _fixture.Sandbox.Environment)).Succeeded();
        Assert.Contains("configmap/faulty created", result.Output, StringComparison.Ordinal);
        var statuses = (await _fixture.Sandbox.Control.CallsAsync()).Where(
            c => c.Operation == "POST configmaps" && c.Resource == "default").Select(c => c.Status).ToArray();
        Assert.Equal(new[] { 429, 201 }, statuses);
    }

    [Fact]
    public async Task Hangs_until_the_client_gives_up()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("hang", "PutItem", table, ",\"times\":0");
        using var impatient = _fixture.NewClient(retries: 0, timeout: TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(table, impatient));
        Assert.Empty(await _fixture.ValuesAsync(table));
    }

    [Fact]
    public async Task Delays_in_sandbox_time()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("delay", "PutItem", table, ",\"delaySeconds\":6");
        var begin = await _fixture.Sandbox.Clock.AskAsync();
        await PutAsync(table);
        Assert.True(await _fixture.Sandbox.Clock.AskAsync() - begin >= TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Kills_the_registered_process_before_the_work()
    {
        var table = await _fixture.CreateAsync();
        using var victim = Process.Start(new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false })!;
        await _fixture.Sandbox.Control.SetKillTargetAsync(victim.Id);
        await SetAsync("kill", "PutItem", table);
        await PutAsync(table);
        Assert.Equal(0, (await StatusesAsync(table))[0]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await victim.WaitForExitAsync(patience.Token);
        Assert.Equal(137, victim.ExitCode);
    }

    [Fact]
    public async Task Draws_by_probability()
    {
        var table = await _fixture.CreateAsync();
        await SetAsync("error", "DescribeTable", table, ",\"probability\":0.5,\"code\":\"InternalServerError\"");
        var failures = 0;
        for (var i = 0; i < 60; i++)
        {
            try
            {
                await _once.DescribeTableAsync(table);
            }
            catch (AmazonServiceException)
            {
                failures++;
            }
        }

        Assert.InRange(failures, 15, 45);
    }

    private Task PutAsync(string table, AmazonDynamoDBClient? client = null) =>
        (client ?? _once).PutItemAsync(table, new() { ["pk"] = new("a"), ["ck"] = new() { N = "1" } });

    private async Task<int[]> StatusesAsync(string table) =>
        [.. (await _fixture.Sandbox.Control.CallsAsync()).Where(c => c.Operation == "PutItem" && c.Resource == table).Select(
            c => c.Status)];

    private Task SetAsync(string effect, string operation, string table, string more = "") =>
        _fixture.Sandbox.Control.SetFaultsAsync($$"""{"service":"dynamodb","operation":"{{operation}}","resource":"{{table}}","effect":"{{effect}}"{{more}}}""");
}
