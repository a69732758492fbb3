using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>The account's limits, in a sandbox whose settings were changed while it ran.</summary>
public sealed class LimitTests(LimitTests.LimitFixture fixture) : IClassFixture<LimitTests.LimitFixture>
{
    [Fact]
    public async Task Limits_concurrent_restores_and_table_operations()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        await fixture.Sandbox.Control.PatchSettingsAsync("""{"dynamodb":{"restoreSeconds":3600,"limits":{"concurrentRestores":2}}}""");
        await RestoreAsync();
        await RestoreAsync();
        var error = await Assert.ThrowsAsync<LimitExceededException>(RestoreAsync);
        Assert.StartsWith("Subscriber limit exceeded", error.Message, StringComparison.Ordinal);
        await fixture.Sandbox.Control.PatchSettingsAsync("""{"dynamodb":{"restoreSeconds":1,"limits":{"concurrentRestores":50,"simultaneousTableOperations":2}}}""");
        Assert.Contains(
            "can be created, updated, or deleted simultaneously", (await Assert.ThrowsAsync<LimitExceededException>(RestoreAsync)).Message,
            StringComparison.Ordinal);

        Task RestoreAsync() => fixture.Client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = table, TargetTableName = fixture.NewName("restored"), UseLatestRestorableTime = true,
        });
    }

    public sealed class LimitFixture : DynamoDbFixture;
}

/// <summary>Call rates, in a sandbox where time all but stands still, so that a bucket is not refilled meanwhile.</summary>
public sealed class RateTests : IAsyncLifetime
{
    private SandboxProcess _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxProcess.StartAsync("--time-scale", "0.001");

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Throttles_what_comes_too_fast()
    {
        using var client = new AmazonDynamoDBClient(_sandbox.AwsAccessKeyId, _sandbox.AwsSecretAccessKey, new AmazonDynamoDBConfig
        {
            ServiceURL = _sandbox.AwsEndpoint.ToString(), AuthenticationRegion = _sandbox.AwsRegion, MaxErrorRetry = 0,
        });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            try
            {
                await client.ListBackupsAsync(new ListBackupsRequest());
                return "ok";
            }
            catch (AmazonDynamoDBException e)
            {
                return e.ErrorCode;
            }
        }));
        Assert.Equal(5, outcomes.Count(o => o == "ok"));
        Assert.Equal(["ThrottlingException", "ok"], outcomes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
