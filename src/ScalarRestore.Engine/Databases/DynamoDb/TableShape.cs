using System.Text;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Pure readings of a table's description.</summary>
internal static class TableShape
{
    /// <summary>On-demand tables are born with this much warm throughput; only more than that was asked for by someone.</summary>
    private const long WarmReadAtBirth = 12_000;

    private const long WarmWriteAtBirth = 4_000;

    /// <summary>Key schema, types and indexes as one line, the same for the same structure in whatever order the service lists it.</summary>
    public static string Structure(TableDescription table)
    {
        var types = (table.AttributeDefinitions ?? []).ToDictionary(a => a.AttributeName, a => a.AttributeType.Value, StringComparer.Ordinal);
        var text = new StringBuilder("keys(").Append(Keys(table.KeySchema, types)).Append(')');
        foreach (var index in (table.GlobalSecondaryIndexes ?? []).OrderBy(i => i.IndexName, StringComparer.Ordinal))
            Append(text, "global", index.IndexName, index.KeySchema, index.Projection, types);
        foreach (var index in (table.LocalSecondaryIndexes ?? []).OrderBy(i => i.IndexName, StringComparer.Ordinal))
            Append(text, "local", index.IndexName, index.KeySchema, index.Projection, types);
        return text.ToString();
    }

    /// <summary>Whether the table and all its indexes are ready and no restore is going on.</summary>
    public static bool IsReady(TableDescription table) =>
        table.TableStatus?.Value == "ACTIVE"
        && table.RestoreSummary?.RestoreInProgress != true
        && (table.GlobalSecondaryIndexes ?? []).TrueForAll(i => i.IndexStatus?.Value == "ACTIVE");

    /// <summary>The service's word for the table, with what it still waits for.</summary>
    public static string Status(TableDescription table)
    {
        var waiting = (table.GlobalSecondaryIndexes ?? []).Count(i => i.IndexStatus?.Value != "ACTIVE");
        return table.TableStatus?.Value == "ACTIVE" && waiting > 0 ? $"ACTIVE, {waiting} indexes to come" : table.TableStatus?.Value ?? "UNKNOWN";
    }

    /// <summary><c>PROVISIONED</c> where the service says nothing.</summary>
    public static string BillingMode(TableDescription table) => table.BillingModeSummary?.BillingMode?.Value ?? "PROVISIONED";

    /// <summary>The table's capacity.</summary>
    public static Capacity Capacity(TableDescription table) =>
        Capacity(BillingMode(table), table.ProvisionedThroughput, table.OnDemandThroughput, table.WarmThroughput?.ReadUnitsPerSecond, table.WarmThroughput?.WriteUnitsPerSecond);

    /// <summary>The capacity of each global secondary index.</summary>
    public static IReadOnlyDictionary<string, Capacity> Indexes(TableDescription table)
    {
        var mode = BillingMode(table);
        var indexes = new SortedDictionary<string, Capacity>(StringComparer.Ordinal);
        foreach (var i in table.GlobalSecondaryIndexes ?? [])
            indexes[i.IndexName] = Capacity(mode, i.ProvisionedThroughput, i.OnDemandThroughput, i.WarmThroughput?.ReadUnitsPerSecond, i.WarmThroughput?.WriteUnitsPerSecond);
        return indexes;
    }

    private static Capacity Capacity(string mode, ProvisionedThroughputDescription? provisioned, OnDemandThroughput? onDemand, long? warmRead, long? warmWrite)
    {
        var isProvisioned = mode == "PROVISIONED";
        var read = isProvisioned ? provisioned?.ReadCapacityUnits : null;
        var write = isProvisioned ? provisioned?.WriteCapacityUnits : null;
        return new Capacity
        {
            Read = read,
            Write = write,
            MaxRead = Limit(onDemand?.MaxReadRequestUnits),
            MaxWrite = Limit(onDemand?.MaxWriteRequestUnits),
            WarmRead = warmRead > Math.Max(WarmReadAtBirth, read ?? 0) ? warmRead : null,
            WarmWrite = warmWrite > Math.Max(WarmWriteAtBirth, write ?? 0) ? warmWrite : null,
        };
    }

    // -1 means that there is no limit.
    private static long? Limit(long? units) => units is > 0 ? units : null;

    private static void Append(
        StringBuilder text, string kind, string name, List<KeySchemaElement> keys, Projection? projection, Dictionary<string, string> types)
    {
        text.Append(' ').Append(kind).Append(' ').Append(name).Append('(').Append(Keys(keys, types)).Append("; ").Append(projection?.ProjectionType?.Value ?? "ALL");
        var others = (projection?.NonKeyAttributes ?? []).Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            text.Append(": ").AppendJoin(", ", others);
        text.Append(')');
    }

    private static string Keys(List<KeySchemaElement>? keys, Dictionary<string, string> types) =>
        string.Join(
            ", ",
            (keys ?? []).OrderBy(k => k.KeyType.Value, StringComparer.Ordinal)
                .Select(k => $"{k.AttributeName}:{types.GetValueOrDefault(k.AttributeName, "?")} {k.KeyType.Value}"));
}
