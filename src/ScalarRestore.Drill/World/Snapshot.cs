using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Drill.World;

/// <summary>Every item of every table, read through the API: what is compared to prove a restore. It shares no code with the engine.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, Dictionary<string, int>> _tables = new(StringComparer.Ordinal);

    /// <summary>The number of items.</summary>
    public int Items => _tables.Values.Sum(items => items.Values.Sum());

    /// <summary>Reads all tables.</summary>
    public static async Task<Snapshot> TakeAsync(IAmazonDynamoDB dynamo, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot();
        foreach (var table in tables)
        {
            var items = new Dictionary<string, int>(StringComparer.Ordinal);
            var request = new ScanRequest { TableName = table, ConsistentRead = true };
            do
            {
                var page = await dynamo.ScanAsync(request, cancellationToken);
                foreach (var item in page.Items)
                {
                    var text = Text(item);
                    items[text] = items.GetValueOrDefault(text) + 1;
                }

                request.ExclusiveStartKey = page.LastEvaluatedKey;
            }
            while (request.ExclusiveStartKey is { Count: > 0 });
            snapshot._tables[table] = items;
        }

        return snapshot;
    }

    /// <summary>The items that are missing, or there and should not be, by table.</summary>
    public IReadOnlyDictionary<string, int> Differences(Snapshot other) => _tables.Keys.Union(other._tables.Keys, StringComparer.Ordinal)
        .ToDictionary(table => table, table => Differences(_tables.GetValueOrDefault(table) ?? [], other._tables.GetValueOrDefault(table) ?? []), StringComparer.Ordinal);

    private static int Differences(Dictionary<string, int> one, Dictionary<string, int> other) =>
        one.Keys.Union(other.Keys, StringComparer.Ordinal).Sum(item => Math.Abs(one.GetValueOrDefault(item) - other.GetValueOrDefault(item)));

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
