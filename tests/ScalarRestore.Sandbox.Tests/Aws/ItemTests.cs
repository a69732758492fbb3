using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>What is needed to make and check data.</summary>
public sealed class ItemTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private readonly AmazonDynamoDBClient _client = fixture.Client;

    [Fact]
    public async Task Keeps_every_type_of_value()
    {
        var table = await fixture.CreateAsync();
        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["pk"] = new("x"),
            ["ck"] = new() { N = "-12.50" },
            ["b"] = new() { B = new MemoryStream([0, 1, 255]) },
            ["ss"] = new() { SS = ["b", "a"] },
            ["ns"] = new() { NS = ["2", "10"] },
            ["m"] = new() { M = new() { ["l"] = new() { L = [new() { BOOL = true }, new() { NULL = true }, new("日本語 <&>")] } } },
        };
        await _client.PutItemAsync(table, item);
        var read = (await _client.GetItemAsync(table, new() { ["pk"] = new("x"), ["ck"] = new() { N = "-12.5" } })).Item;
        Assert.Equal("-12.5", read["ck"].N);
        Assert.Equal([0, 1, 255], read["b"].B.ToArray());
        Assert.Equal(["a", "b"], read["ss"].SS.Order(StringComparer.Ordinal));
        Assert.Equal(["10", "2"], read["ns"].NS.Order(StringComparer.Ordinal));
        Assert.Equal("日本語 <&>", read["m"].M["l"].L[2].S);
    }

    [Fact]
    public async Task Queries_a_part_of_a_partition_in_order()
    {
        var table = await fixture.CreateAsync();
        foreach (var ck in new[] { 10, -1, 9, 100, 2 })
            await fixture.PutAsync(table, "p", ck, "v");

        Assert.Equal(["-1", "2", "9", "10", "100"], await QueryAsync("pk = :p", forward: true));
        Assert.Equal(["100", "10", "9", "2", "-1"], await QueryAsync("pk = :p", forward: false));
        Assert.Equal(["2", "9", "10"], await QueryAsync("pk = :p AND ck BETWEEN :a AND :b", forward: true));

        async Task<IEnumerable<string>> QueryAsync(string condition, bool forward)
        {
            var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":p"] = new("p") };
            if (condition.Contains(":a", StringComparison.Ordinal))
            {
                values[":a"] = new() { N = "0" };
                values[":b"] = new() { N = "10" };
            }

            var found = new List<string>();
            Dictionary<string, AttributeValue>? start = null;
            do
            {
                var page = await _client.QueryAsync(new QueryRequest
                {
                    TableName = table,
                    KeyConditionExpression = condition,
                    ExpressionAttributeValues = values,
                    ScanIndexForward = forward,
                    Limit = 2,
                    ExclusiveStartKey = start,
                });
                found.AddRange(page.Items.Select(i => i["ck"].N));
                start = page.LastEvaluatedKey;
            }
            while (start is { Count: > 0 });
            return found;
        }
    }

    [Fact]
    public async Task Queries_an_index()
    {
        var table = await fixture.CreateAsync(r =>
        {
            r.AttributeDefinitions.Add(new("value", ScalarAttributeType.S));
            r.GlobalSecondaryIndexes =
                [new() { IndexName = "byValue", KeySchema = [new("value", KeyType.HASH)],
                Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY }, ProvisionedThroughput = new(1, 1) }];
        });
        for (var i = 0; i < 6; i++)
            await fixture.PutAsync(table, $"p{i}", i, i % 2 == 0 ? "even" : "odd");

        var found = new List<string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await _client.QueryAsync(new QueryRequest
            {
                TableName = table, IndexName = "byValue", KeyConditionExpression = "#v = :v", Limit = 2, ExclusiveStartKey = start,
                ExpressionAttributeNames = new() { ["#v"] = "value" }, ExpressionAttributeValues = new() { [":v"] = new("even") },
            });
            found.AddRange(page.Items.Select(i => i["pk"].S));
            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });
        Assert.Equal(["p0", "p2", "p4"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Scans_by_megabytes_and_segments_and_counts()
    {
        var table = await fixture.CreateAsync();
        var filler = new string('x', 60_000);
        for (var i = 0; i < 40; i += 20)
        {
            await _client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>>(StringComparer.Ordinal)
            {
                [table] = [.. Enumerable.Range(i, 20).Select(n => new WriteRequest(new PutRequest(new()
                {
                    ["pk"] = new($"p{n}"), ["ck"] = new() { N = $"{n}" }, ["value"] = new(filler),
                })))],
            });
        }

        var first = await _client.ScanAsync(new ScanRequest { TableName = table });
        Assert.NotEmpty(first.LastEvaluatedKey);
        Assert.Equal(17, first.Count);
        Assert.Equal(40, (await fixture.ValuesAsync(table)).Count);

        var segments = new List<string>();
        for (var s = 0; s < 3; s++)
        {
            Dictionary<string, AttributeValue>? start = null;
            do
            {
                var page = await _client.ScanAsync(new ScanRequest
                {
                    TableName = table, Segment = s, TotalSegments = 3, ExclusiveStartKey = start,
                    FilterExpression = "ck < :n AND begins_with(pk, :p)",
                        ExpressionAttributeValues = new() { [":n"] = new() { N = "30" }, [":p"] = new("p") },
                });
                segments.AddRange(page.Items.Select(i => i["pk"].S));
                start = page.LastEvaluatedKey;
            }
            while (start is { Count: > 0 });
        }

        Assert.Equal(30, segments.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(30, segments.Count);
        var counted = await _client.ScanAsync(new ScanRequest { TableName = table, Select = Select.COUNT });
        Assert.Equal(17, counted.Count);
        Assert.Empty(counted.Items ?? []);
    }

    [Fact]
    public async Task Checks_conditions_and_updates()
    {
        var table = await fixture.CreateAsync();
        await fixture.PutAsync(table, "a", 1, "x");
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => _client.PutItemAsync(new PutItemRequest
        {
            TableName = table, Item = new() { ["pk"] = new("a"), ["ck"] = new() { N = "1" } },
                ConditionExpression = "attribute_not_exists(pk)",
        }));
        var updated = await _client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["pk"] = new("a"), ["ck"] = new() { N = "1" } },
            UpdateExpression = "SET #n = if_not_exists(#n, :zero) + :one, l = list_append(:l, :l) REMOVE #v ADD tags :t",
            ConditionExpression = "#v = :x AND size(#v) = :one",
            ExpressionAttributeNames = new() { ["#n"] = "count", ["#v"] = "value" },
            ExpressionAttributeValues = new()
            {
                [":zero"] = new() { N = "0" }, [":one"] = new() { N = "1" }, [":x"] = new("x"), [":t"] = new() { SS = ["t"] },
                    [":l"] = new() { L = [new("e")] },
            },
            ReturnValues = ReturnValue.ALL_NEW,
        });
        Assert.Equal("1", updated.Attributes["count"].N);
        Assert.Equal(2, updated.Attributes["l"].L.Count);
        Assert.Equal(["t"], updated.Attributes["tags"].SS);
        Assert.False(updated.Attributes.ContainsKey("value"));
        Assert.Equal(
            "ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => _client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table, Key = new() { ["pk"] = new("a"), ["ck"] = new() { N = "1" } }, UpdateExpression = "SET pk = :p",
                ExpressionAttributeValues = new() { [":p"] = new("b") },
        }))).ErrorCode);
    }

    [Fact]
    public async Task Writes_all_of_a_transaction_or_nothing()
    {
        var table = await fixture.CreateAsync();
        await fixture.PutAsync(table, "old", 1, "x");
        var error = await Assert.ThrowsAsync<TransactionCanceledException>(() => WriteAsync("attribute_exists(pk)"));
        Assert.Equal(["None", "ConditionalCheckFailed"], error.CancellationReasons.Select(r => r.Code));
        Assert.Equal(["old/1"], (await fixture.ValuesAsync(table)).Keys);
        await WriteAsync("attribute_not_exists(pk)");
        Assert.Equal(["new/1"], (await fixture.ValuesAsync(table)).Keys);

        Task WriteAsync(string condition) => _client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Delete = new() { TableName = table, Key = new() { ["pk"] = new("old"), ["ck"] = new() { N = "1" } } } },
                new() { Put =
                    new() { TableName = table, Item = new() { ["pk"] = new("new"), ["ck"] = new() { N = "1" } },
                    ConditionExpression = condition } },
            ],
        });
    }

    [Fact]
    public async Task Refuses_what_AWS_refuses()
    {
        var table = await fixture.CreateAsync();
        await RefusedAsync(() => _client.PutItemAsync(table, new() { ["pk"] = new("no sort key") }));
        await RefusedAsync(() => _client.PutItemAsync(table, new() { ["pk"] = new() { N = "1" }, ["ck"] = new() { N = "1" } }));
        await RefusedAsync(() => _client.GetItemAsync(table, new() { ["pk"] = new("a") }));
        await RefusedAsync(() => _client.ScanAsync(new ScanRequest { TableName = table, FilterExpression = "a = :unknown" }));
        await RefusedAsync(() => _client.ScanAsync(new ScanRequest { TableName = table, FilterExpression = "a = = b" }));
        await RefusedAsync(
            () => _client.ScanAsync(new ScanRequest { TableName = table, ExpressionAttributeValues = new() { [":x"] = new("unused") } }));

        static async Task RefusedAsync(Func<Task> call) =>
            Assert.Equal("ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(call)).ErrorCode);
    }
}
