using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>What the control interface tells of the service's own times.</summary>
public sealed class OperationTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task Tells_what_the_service_was_busy_with_and_for_how_long()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        var copy = fixture.NewName("copy");
        await fixture.Client.RestoreTableToPointInTimeAsync(
            new RestoreTableToPointInTimeRequest { SourceTableName = table, TargetTableName = copy, UseLatestRestorableTime = true });
        await fixture.ActiveAsync(copy);
        await fixture.Client.DeleteTableAsync(copy);

        var operations = (await fixture.Sandbox.Control.GetAsync("operations")).AsArray();
        Assert.Equal(["create", "backup-readiness", "recovery-enable"], Of(table).Select(o => (string?)o!["kind"]));
        var restore = Of(copy).Single(o => (string?)o!["kind"] == "restore-pitr")!;
        Assert.Equal(table, (string?)restore["source"]);
        Assert.Equal(1, (At(restore, "endedAt") - At(restore, "startedAt")).TotalSeconds, 3);
        var (delete, release) = (Of(copy).Single(o => (string?)o!["kind"] == "delete")!, Of(copy).Single(o => (string?)o!["kind"] == "name-release")!);
        Assert.Equal(At(delete, "endedAt"), At(release, "startedAt"));

        IEnumerable<JsonNode?> Of(string name) => operations.Where(o => (string?)o!["table"] == name);

        static DateTimeOffset At(JsonNode operation, string field) => DateTimeOffset.Parse((string)operation[field]!, CultureInfo.InvariantCulture);
    }
}
