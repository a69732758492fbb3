using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>The life of tables and of the settings that a restore does not carry.</summary>
public sealed class TableTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private readonly AmazonDynamoDBClient _client = fixture.Client;

    [Fact]
    public async Task Passes_through_its_states_in_sandbox_time()
    {
        var table = fixture.NewName();
        await using var slow = await fixture.SlowAsync();
        await _client.CreateTableAsync(
            table, [new("pk", KeyType.HASH)], [new("pk", ScalarAttributeType.S)], new ProvisionedThroughput(1, 1));
        Assert.Equal(TableStatus.CREATING, (await _client.DescribeTableAsync(table)).Table.TableStatus);
        await Assert.ThrowsAsync<ResourceInUseException>(() => _client.DeleteTableAsync(table));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => fixture.PutAsync(table, "a", 1, "x"));
        await fixture.SkipAsync();
        Assert.Equal(TableStatus.ACTIVE, (await _client.DescribeTableAsync(table)).Table.TableStatus);

        await _client.DeleteTableAsync(table);
        Assert.Equal(TableStatus.DELETING, (await _client.DeleteTableAsync(table)).TableDescription.TableStatus);
        await _client.PutItemAsync(table, new() { ["pk"] = new("still accepted") });
        await fixture.SkipAsync();
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => _client.DeleteTableAsync(table));
    }

    [Fact]
    public async Task Is_protected_against_deletion_until_it_is_not()
    {
        var table = await fixture.CreateAsync(r => r.DeletionProtectionEnabled = true);
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => _client.DeleteTableAsync(table));
        Assert.Equal("ValidationException", error.ErrorCode);
        await _client.UpdateTableAsync(new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = false });
        await _client.DeleteTableAsync(table);
        await fixture.GoneAsync(table);
    }

    [Fact]
    public async Task Takes_one_kind_of_change_at_a_time_and_only_when_active()
    {
        var table = await fixture.CreateAsync();
        Assert.Equal(
            "ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => _client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = table,
            TableClass = TableClass.STANDARD_INFREQUENT_ACCESS,
            StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY },
        }))).ErrorCode);
        Assert.Equal(
            "ValidationException",
            (await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => _client.UpdateTableAsync(table, new ProvisionedThroughput(10, 10)))).ErrorCode);

        await using (await fixture.SlowAsync())
        {
            await _client.UpdateTableAsync(table, new ProvisionedThroughput(20, 21));
            await Assert.ThrowsAsync<ResourceInUseException>(() => _client.UpdateTableAsync(table, new ProvisionedThroughput(5, 5)));
            await Assert.ThrowsAsync<ResourceInUseException>(() => _client.DeleteTableAsync(table));
            await fixture.SkipAsync();
        }

        Assert.Equal(21, (await fixture.ActiveAsync(table)).ProvisionedThroughput.WriteCapacityUnits);

        await _client.UpdateTableAsync(
            new UpdateTableRequest { TableName = table,
            StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY } });
        Assert.Contains("/stream/", (await fixture.ActiveAsync(table)).LatestStreamArn, StringComparison.Ordinal);

        await _client.UpdateTableAsync(new UpdateTableRequest { TableName = table, BillingMode = BillingMode.PAY_PER_REQUEST });
        Assert.Equal(BillingMode.PAY_PER_REQUEST, (await fixture.ActiveAsync(table)).BillingModeSummary.BillingMode);
    }

    [Fact]
    public async Task Makes_and_drops_an_index()
    {
        var table = await fixture.CreateAsync();
        await _client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = table,
            AttributeDefinitions = [new("other", ScalarAttributeType.S)],
            GlobalSecondaryIndexUpdates =
            [
                new() { Create =
                    new() { IndexName = "byOther", KeySchema = [new("other", KeyType.HASH)],
                    Projection = new() { ProjectionType = ProjectionType.ALL }, ProvisionedThroughput = new(1, 1) } },
            ],
        });
        var made = await fixture.ActiveAsync(table);
        Assert.Equal("byOther", Assert.Single(made.GlobalSecondaryIndexes).IndexName);
        await _client.UpdateTableAsync(
            new UpdateTableRequest { TableName = table,
            GlobalSecondaryIndexUpdates = [new() { Delete = new() { IndexName = "byOther" } }] });
        Assert.Empty((await fixture.DescribedAsync(table, t => t.TableStatus == TableStatus.ACTIVE)).GlobalSecondaryIndexes ?? []);
    }

    [Fact]
    public async Task Refuses_a_second_change_of_time_to_live_within_an_hour()
    {
        var table = await fixture.CreateAsync();
        await _client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = table, TimeToLiveSpecification = new() { AttributeName = "ttl", Enabled = true } });
        await fixture.UntilAsync(
            async () => (await _client.DescribeTimeToLiveAsync(table)).TimeToLiveDescription.TimeToLiveStatus == TimeToLiveStatus.ENABLED);
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => _client.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest { TableName = table,
                TimeToLiveSpecification = new() { AttributeName = "ttl", Enabled = false } }));
        Assert.Equal("Time to live has been modified multiple times within a fixed interval", error.Message);
    }

    [Fact]
    public async Task Tags_answer_with_an_empty_body_that_the_client_accepts()
    {
        var table = await fixture.CreateAsync();
        var arn = (await _client.DescribeTableAsync(table)).Table.TableArn;
        await _client.TagResourceAsync(
            new TagResourceRequest { ResourceArn = arn,
            Tags = [.. Enumerable.Range(0, 12).Select(i => new Tag { Key = $"k{i:00}", Value = "v" })] });
        await _client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["k05"] });
        var first = await _client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn });
        var second = await _client.ListTagsOfResourceAsync(
            new ListTagsOfResourceRequest { ResourceArn = arn, NextToken = first.NextToken });
        Assert.Equal(11, first.Tags.Concat(second.Tags).DistinctBy(t => t.Key).Count());
        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => _client.TagResourceAsync(
                new TagResourceRequest { ResourceArn = arn, Tags = [new() { Key = "aws:x", Value = "v" }] }))).ErrorCode);
    }

    [Fact]
    public async Task Lists_tables_by_pages()
    {
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
            names.Add(await fixture.CreateAsync());

        var listed = new List<string>();
        string? start = null;
        do
        {
            var page = await _client.ListTablesAsync(start, 2);
            listed.AddRange(page.TableNames);
            start = page.LastEvaluatedTableName;
        }
        while (start is not null);

        Assert.Empty(names.Except(listed, StringComparer.Ordinal));
        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Shows_replicas_and_a_disabled_key_when_told_to()
    {
        var table = await fixture.CreateAsync(r => r.SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS });
        await fixture.Sandbox.Control.SendAsync(HttpMethod.Post, $"tables/{table}/replicas", """{"replicas":["us-east-1"]}""");
        Assert.Equal("us-east-1", Assert.Single((await _client.DescribeTableAsync(table)).Table.Replicas).RegionName);
        await fixture.Sandbox.Control.SendAsync(HttpMethod.Post, $"tables/{table}/kms", """{"disabled":true}""");
        Assert.Equal(TableStatus.INACCESSIBLE_ENCRYPTION_CREDENTIALS, (await _client.DescribeTableAsync(table)).Table.TableStatus);
    }

    [Fact]
    public async Task Keeps_regions_apart()
    {
        var table = await fixture.CreateAsync();
        using var elsewhere = fixture.NewClient(region: "eu-west-1");
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => elsewhere.DescribeTableAsync(table));
    }
}
