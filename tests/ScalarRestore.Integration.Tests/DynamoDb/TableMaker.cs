using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>Makes tables with a client of its own.</summary>
internal static class TableMaker
{
    public static async Task<TableDescription> PlainAsync(IAmazonDynamoDB client, string table, bool pointInTimeRecovery = true)
    {
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("concatenatedPartitionKey", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("concatenatedPartitionKey", ScalarAttributeType.B)],
        });
        var made = await ActiveAsync(client, table);
        if (pointInTimeRecovery)
            await RecoverableAsync(client, table);
        return made;
    }

    public static async Task<TableDescription> ActiveAsync(IAmazonDynamoDB client, string table)
    {
        for (var i = 0; i < 400; i++)
        {
            var seen = (await client.DescribeTableAsync(table)).Table;
            if (seen.TableStatus == TableStatus.ACTIVE && (seen.GlobalSecondaryIndexes ?? []).TrueForAll(g => g.IndexStatus == IndexStatus.ACTIVE))
                return seen;
            await Task.Delay(15);
        }

        throw new TimeoutException($"{table} does not become ACTIVE.");
    }

    public static async Task RecoverableAsync(IAmazonDynamoDB client, string table, int? days = null)
    {
        for (var i = 0; i < 400; i++)
        {
            try
            {
                await client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
                {
                    TableName = table,
                    PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true, RecoveryPeriodInDays = days },
                });
                break;
            }
            catch (ContinuousBackupsUnavailableException)
            {
                await Task.Delay(15);
            }
        }

        for (var i = 0; i < 400; i++)
        {
            var seen = await client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = table });
            if (seen.ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED)
                return;
            await Task.Delay(15);
        }

        throw new TimeoutException($"Point-in-time recovery of {table} does not come on.");
    }

    public static Task PutAsync(IAmazonDynamoDB client, string table, int id, string text, DateTimeOffset? committed = null, string state = "3")
    {
        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["concatenatedPartitionKey"] = Key(id),
            ["text"] = new() { S = text },
            ["number"] = new() { N = id.ToString(CultureInfo.InvariantCulture) },
        };
        if (committed is { } at)
        {
            var ms = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            item["tx_id"] = new AttributeValue { S = $"tx-{id}" };
            item["tx_state"] = new AttributeValue { N = state };
            item["tx_version"] = new AttributeValue { N = "1" };
            item["tx_prepared_at"] = new AttributeValue { N = ms };
            item["tx_committed_at"] = new AttributeValue { N = ms };
        }

        return client.PutItemAsync(table, item);
    }

    public static AttributeValue Key(int id) => new() { B = new MemoryStream(BitConverter.GetBytes(id)) };

    public static async Task<IReadOnlyDictionary<int, string>> ItemsAsync(IAmazonDynamoDB client, string table)
    {
        var found = new SortedDictionary<int, string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await client.ScanAsync(new ScanRequest { TableName = table, ConsistentRead = true, ExclusiveStartKey = start });
            foreach (var item in page.Items)
                found[BitConverter.ToInt32(item["concatenatedPartitionKey"].B.ToArray())] = item["text"].S;
            start = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
        }
        while (start is not null);
        return found;
    }
}
