using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases.DynamoDb;

namespace ScalarRestore.Engine.Tests.DynamoDb;

public sealed class DescriptionTests
{
    [Fact]
    public void What_was_done_is_read_from_plan_and_evidence()
    {
        var evidence = new Dictionary<string, JsonObject>(StringComparer.Ordinal)
        {
            ["safety:a.b"] = Facts.Body("""{"backupArn":"arn:s","backupName":"s","tableId":"old","sizeBytes":1}"""),
            ["backup:a.b"] = Facts.Body("""{"backupArn":"arn:b","backupName":"b","tableId":"copy","sizeBytes":1}"""),
            ["restore:a.b"] = Facts.Body("""{"table":"a.b","tableArn":"arn:t","tableId":"new","readyAt":"2026-01-01T00:00:00Z"}"""),
            ["verify:a.b"] = Facts.Body("""{"tableId":"new","count":3,"hash":"ff","verdict":"pass"}"""),
            ["reapply:a.b"] = Facts.Body("""{"tableId":"new","drift":["Tags x"]}"""),
        };
        var table = Assert.Single(Assert.Single(RestoreDescription.Of(Plan(), k => evidence.GetValueOrDefault(k))).Tables);
        Assert.Equal(("a.b", "id-of-a.b", "new", 3L, "ff"), (table.Name, table.OldId, table.NewId, table.Items, table.ContentHash));
        Assert.Equal(("arn:b", "arn:s"), (table.BackupArn, table.SafetyBackupArn));
        Assert.Equal(["Tags x"], table.Drift);
        Assert.True(table.Verified);
    }

    [Theory]
    [InlineData("inconclusive")]
    [InlineData(null)]
    public void What_was_not_proven_is_not_verified(string? verdict)
    {
        var table = RestoreDescription.Of(
            Plan(),
            k => verdict is not null && k == "verify:a.b" ? new JsonObject { ["tableId"] = "n", ["count"] = 0, ["hash"] = "", ["verdict"] = verdict } : null)[0].Tables[0];
        Assert.False(table.Verified);
    }

    private static RestorePlan Plan() => new()
    {
        Phase = RestorePhase.Restoring,
        Steps = DynamoDbPlanner.SwapSteps([Facts.Table("a.b")], Facts.Intent, new DynamoDbTimings()),
        Limits = new Dictionary<string, int>(StringComparer.Ordinal),
        Digest = "",
        CriticalPath = TimeSpan.Zero,
        Estimate = TimeSpan.Zero,
    };
}
