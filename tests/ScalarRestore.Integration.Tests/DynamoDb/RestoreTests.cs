namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>The whole way of tables: copied, checked, deleted, restored, compared.</summary>
public sealed class RestoreTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    [Fact]
    public async Task Two_tables_go_back_to_the_restore_point_and_nothing_else_is_left_behind()
    {
        foreach (var table in (string[])["way.orders", "way.items"])
        {
            await TableMaker.PlainAsync(sandbox.Raw, table);
            for (var i = 0; i < 20; i++)
                await TableMaker.PutAsync(sandbox.Raw, table, i, $"right {i}", sandbox.Clock.GetUtcNow());
        }

        var time = await sandbox.Process.Clock.NextSecondAsync();
        await TableMaker.PutAsync(sandbox.Raw, "way.orders", 3, "wrong", sandbox.Clock.GetUtcNow());
        await TableMaker.PutAsync(sandbox.Raw, "way.orders", 99, "later", sandbox.Clock.GetUtcNow());
        await sandbox.Raw.DeleteItemAsync("way.items", new(StringComparer.Ordinal) { ["concatenatedPartitionKey"] = TableMaker.Key(7) });
        var before = (await sandbox.Raw.DescribeTableAsync("way.orders")).Table;

        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var intent = DynamoSandbox.Intent(time);
        var capture = await provider.CaptureAsync(sandbox.Query("way.orders", "way.items"), intent, CancellationToken.None);
        var run = new PlanRun(capture, intent.RunId, sandbox.Clock);
        await run.RunAsync(provider);

        Assert.InRange(factory.Calls.Total, 2 * 20, 2 * 76);
        foreach (var table in (string[])["way.orders", "way.items"])
        {
            var items = await TableMaker.ItemsAsync(sandbox.Raw, table);
            Assert.Equal(Enumerable.Range(0, 20).Select(i => $"right {i}"), items.Values);
        }

        var tables = (await sandbox.Raw.ListTablesAsync()).TableNames;
        Assert.DoesNotContain(tables, t => t.StartsWith("scalarrestore-", StringComparison.Ordinal));
        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal(sandbox.Process.AwsAccountId, database.Account);
        Assert.All(database.Tables, t =>
        {
            Assert.True(t.Verified);
            Assert.Empty(t.Drift);
            Assert.Equal(20, t.Items);
            Assert.NotNull(t.BackupArn);
            Assert.NotNull(t.SafetyBackupArn);
        });
        Assert.Equal(before.TableId, database.Tables[1].OldId);
        Assert.Equal((await sandbox.Raw.DescribeTableAsync("way.orders")).Table.TableId, database.Tables[1].NewId);
        Assert.NotEqual(before.TableId, database.Tables[1].NewId);
        Assert.Equal("delete 2 DynamoDB tables in 123456789012/ap-northeast-1: way.items, way.orders", capture.DeletionSentence);
    }
}
