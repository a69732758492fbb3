using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>Reads every item of tables through the API.</summary>
internal static class TableReader
{
    /// <summary>Reads all tables.</summary>
    public static async Task<Snapshot> ReadAsync(IAmazonDynamoDB dynamo, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot();
        foreach (var table in tables)
        {
            var items = new List<string>();
            var request = new ScanRequest { TableName = table, ConsistentRead = true };
            do
            {
                var page = await dynamo.ScanAsync(request, cancellationToken);
                items.AddRange(page.Items.Select(Text));
                request.ExclusiveStartKey = page.LastEvaluatedKey;
            }
            while (request.ExclusiveStartKey is { Count: > 0 });
            snapshot.Add(table, items);
        }

        return snapshot;
    }

    private static string Text(Dictionary<string, AttributeValue> item)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in item.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('=');
            Append(text, value);
            text.Append(';');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, AttributeValue value)
    {
        _ = value switch
        {
            { S: { } s } => text.Append("S:").Append(s),
            { N: { } n } => text.Append("N:").Append(n),
            { B: { } b } => text.Append("B:").Append(Convert.ToBase64String(b.ToArray())),
            { BOOL: { } flag } => text.Append("BOOL:").Append(flag ? '1' : '0'),
            { M: { } map } => text.Append("M:").Append(CultureInfo.InvariantCulture, $"{{{Text(map)}}}"),
            { L: { } list } => list.Aggregate(text.Append("L:["), (builder, element) =>
            {
                Append(builder, element);
                return builder.Append(',');
            }).Append(']'),
            _ => text.Append('?'),
        };
    }
}
