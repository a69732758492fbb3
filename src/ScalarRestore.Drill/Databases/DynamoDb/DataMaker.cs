using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>Writes items as ScalarDB writes them, and later spoils them as a bad release would.</summary>
internal sealed class DataMaker(IAmazonDynamoDB dynamo, Func<DateTimeOffset> now)
{
    /// <summary>Writes known items to a table.</summary>
    public Task WriteAsync(TableSpec table, int count, IReadOnlyList<TableSpec> all, CancellationToken cancellationToken)
    {
        var items = table.Metadata
            ? all.Where(other => !other.Metadata && Prefix(other.Name) == Prefix(table.Name)).Select(MetadataItem)
            : Enumerable.Range(0, count).Select(i => Item(table, i, "good"));
        return PutAsync(table.Name, items, cancellationToken);
    }

    /// <summary>Deletes a third of the items, overwrites a third, and adds rubbish.</summary>
    public async Task SpoilAsync(TableSpec table, int count, CancellationToken cancellationToken)
    {
        if (table.Metadata)
        {
            await PutAsync(table.Name, [new() { ["table"] = new AttributeValue("rubbish"), ["columns"] = new AttributeValue { M = [] } }], cancellationToken);
            return;
        }

        foreach (var i in Enumerable.Range(0, count).Where(i => i % 3 == 0))
        {
            await dynamo.DeleteItemAsync(table.Name, Key(table, Item(table, i, "")), cancellationToken);
        }

        await PutAsync(table.Name, Enumerable.Range(0, count).Where(i => i % 3 == 1).Select(i => Item(table, i, "spoilt")), cancellationToken);
        await PutAsync(table.Name, Enumerable.Range(count, 5).Select(i => Item(table, i, "rubbish")), cancellationToken);
    }

    private async Task PutAsync(string table, IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        foreach (var batch in items.Chunk(25))
        {
            var requests = new Dictionary<string, List<WriteRequest>> { [table] = [.. batch.Select(item => new WriteRequest(new PutRequest(item)))] };
            while (requests.Count > 0)
            {
                var answer = await dynamo.BatchWriteItemAsync(requests, cancellationToken);
                requests = answer.UnprocessedItems ?? [];
            }
        }
    }

    private Dictionary<string, AttributeValue> Item(TableSpec table, int i, string value)
    {
        var at = now().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var number = i.ToString(CultureInfo.InvariantCulture);
        var item = new Dictionary<string, AttributeValue>
        {
            [table.PartitionKey] = new() { B = new MemoryStream(Encoding.UTF8.GetBytes($"k{(table.Clustered ? i / 10 : i)}")) },
            ["value"] = new(value),
            ["amount"] = new() { N = number },
        };
        if (table.Clustered)
        {
            item["concatenatedClusteringKey"] = new() { B = new MemoryStream(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"c{i % 10:00}"))) };
        }

        foreach (var column in table.Indexed)
        {
            item[column] = new($"owner{i % 7}");
        }

        if (table.Coordinator)
        {
            item["tx_id"] = new($"tx{i}");
            item["tx_state"] = new() { N = i % 10 == 0 ? "4" : "3" };
            item["tx_created_at"] = new() { N = at };
        }
        else if (table.Transactional)
        {
            item["tx_id"] = new($"tx{i}");
            item["tx_state"] = new() { N = "3" };
            item["tx_version"] = new() { N = "1" };
            item["tx_prepared_at"] = new() { N = at };
            item["tx_committed_at"] = new() { N = at };
        }

        return item;
    }

    private static Dictionary<string, AttributeValue> Key(TableSpec table, Dictionary<string, AttributeValue> item) =>
        item.Where(pair => pair.Key == table.PartitionKey || pair.Key == "concatenatedClusteringKey").ToDictionary(pair => pair.Key, pair => pair.Value);

    private static Dictionary<string, AttributeValue> MetadataItem(TableSpec table) => new()
    {
        ["table"] = new(table.Name),
        ["columns"] = new() { M = new() { ["value"] = new("text"), ["amount"] = new("bigint") } },
        ["partitionKey"] = new() { L = [new("id")] },
    };

    private static string Prefix(string name) => name[..(name.IndexOf('_', StringComparison.Ordinal) + 1)];
}
