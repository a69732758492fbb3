using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>Items as ScalarDB writes them to Cosmos DB, and what a bad release does to them; null deletes. Rows hold the same.</summary>
/// <param name="count">Items in each table.</param>
internal sealed class ItemMaker(int count)
{
    private const int Rubbish = 5;

    /// <summary>Known items.</summary>
    public JsonObject Good(AzureSource source, AzureTable table) => table.IsMetadata
        ? new JsonObject(source.Tables.Where(other => !other.IsMetadata).Select(other => KeyValuePair.Create($"{other.Database}.{other.Name}", (JsonNode?)Metadata(other))))
        : Items(Enumerable.Range(0, count), i => Item(i, "good", version: 1));

    /// <summary>What an application writes.</summary>
    public JsonObject Work(AzureTable table) => table.IsMetadata
        ? []
        : Items(Enumerable.Range(0, count).Where(i => i % 2 == 0), i => Item(i, "work", version: 2));

    /// <summary>A third deleted, a third overwritten, and rubbish.</summary>
    public JsonObject Bad(AzureTable table)
    {
        if (table.IsMetadata)
        {
            return new JsonObject { ["rubbish.rubbish"] = Metadata(table) };
        }

        var bad = Items(Enumerable.Range(0, count).Where(i => i % 3 == 1), i => Item(i, "spoilt", version: 9));
        foreach (var i in Enumerable.Range(0, count).Where(i => i % 3 == 0))
        {
            bad[Id(i)] = null;
        }

        foreach (var i in Enumerable.Range(count, Rubbish))
        {
            bad[Id(i)] = Item(i, "rubbish", version: 1);
        }

        return bad;
    }

    private static JsonObject Items(IEnumerable<int> numbers, Func<int, JsonObject> item) => new(numbers.Select(i => KeyValuePair.Create(Id(i), (JsonNode?)item(i))));

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"k{i}");

    private static JsonObject Item(int i, string value, int version) => new()
    {
        ["id"] = Id(i),
        ["concatenatedPartitionKey"] = Id(i),
        ["partitionKey"] = new JsonObject { ["id"] = i },
        ["clusteringKey"] = new JsonObject(),
        ["values"] = new JsonObject
        {
            ["value"] = value,
            ["amount"] = i * version,
            ["tx_id"] = string.Create(CultureInfo.InvariantCulture, $"tx{i}-{version}"),
            ["tx_state"] = 3,
            ["tx_version"] = version,
        },
    };

    private static JsonObject Metadata(AzureTable table) => new()
    {
        ["id"] = $"{table.Database}.{table.Name}",
        ["partitionKeyNames"] = new JsonArray("id"),
        ["columns"] = new JsonObject { ["id"] = "int", ["value"] = "text", ["amount"] = "bigint" },
    };
}
