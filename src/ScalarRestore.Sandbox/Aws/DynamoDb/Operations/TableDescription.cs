using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Writes what DescribeTable and its kin answer.</summary>
internal static class TableDescription
{
    // What AWS keeps ready for a new on-demand table.
    private static readonly Throughput OnDemandWarm = new(12000, 4000);

    public static void Write(OperationContext call, Table table, string member)
    {
        var writer = call.Writer;
        var count = call.Region.Count(table, call.Now);
        writer.WriteStartObject(member);
        WriteAttributes(writer, table.Shape);
        writer.WriteString("TableName", table.Name);
        table.Shape.Keys.Write(writer);
        writer.WriteString(
            "TableStatus", table.IsKeyDisabled && table.Status == "ACTIVE" ? "INACCESSIBLE_ENCRYPTION_CREDENTIALS" : table.Status);
        writer.WriteInstant("CreationDateTime", table.CreatedAt);
        table.Shape.Throughput.WriteProvisioned(writer);
        writer.WriteNumber("TableSizeBytes", count.Bytes);
        writer.WriteNumber("ItemCount", count.Items);
        writer.WriteString("TableArn", table.Arn);
        writer.WriteString("TableId", table.Id);
        if (table.Shape.IsOnDemand || table.HasBeenOnDemand)
        {
            writer.WriteStartObject("BillingModeSummary");
            writer.WriteString("BillingMode", table.Shape.IsOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
            writer.WriteInstant(
                "LastUpdateToPayPerRequestDateTime", table.OnDemandSwitches.Count > 0 ? table.OnDemandSwitches[^1] : table.CreatedAt);
            writer.WriteEndObject();
        }

        WriteIndexes(writer, table, isGlobal: false, "LocalSecondaryIndexes");
        WriteIndexes(writer, table, isGlobal: true, "GlobalSecondaryIndexes");
        WriteStream(writer, table);
        WriteReplicas(writer, table);
        WriteRestore(writer, table.Restore);
        if (table.Shape.Encryption is { } encryption)
        {
            writer.WriteStartObject("SSEDescription");
            writer.WriteString("Status", "ENABLED");
            writer.WriteString("SSEType", "KMS");
            writer.WriteString("KMSMasterKeyArn", encryption.KeyArn);
            writer.WriteEndObject();
        }

        if (table.TableClass is { } tableClass)
        {
            writer.WriteStartObject("TableClassSummary");
            writer.WriteString("TableClass", tableClass);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("DeletionProtectionEnabled", table.DeletionProtection);
        table.OnDemand?.WriteOnDemand(writer);
        (table.Warm ?? (table.Shape.IsOnDemand ? OnDemandWarm : table.Shape.Throughput)).WriteWarm(
            writer, table.Status == "ACTIVE" ? "ACTIVE" : "UPDATING");
        writer.WriteEndObject();
    }

    public static void WriteAttributes(Utf8JsonWriter writer, TableShape shape)
    {
        writer.WriteStartArray("AttributeDefinitions");
        foreach (var (name, type) in shape.Attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("AttributeName", name);
            writer.WriteString("AttributeType", type.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteProjection(Utf8JsonWriter writer, IndexShape index)
    {
        writer.WriteStartObject("Projection");
        writer.WriteString("ProjectionType", index.Projection);
        if (index.NonKeyAttributes.Count > 0)
            writer.WriteStrings("NonKeyAttributes", index.NonKeyAttributes);

        writer.WriteEndObject();
    }

    private static void WriteIndexes(Utf8JsonWriter writer, Table table, bool isGlobal, string member)
    {
        if (!table.Indexes.Exists(i => i.Shape.IsGlobal == isGlobal))
            return;

        writer.WriteStartArray(member);
        foreach (var index in table.Indexes.Where(i => i.Shape.IsGlobal == isGlobal))
        {
            writer.WriteStartObject();
            writer.WriteString("IndexName", index.Shape.Name);
            index.Shape.Keys.Write(writer);
            WriteProjection(writer, index.Shape);
            writer.WriteNumber("IndexSizeBytes", table.Counted.Bytes);
            writer.WriteNumber("ItemCount", table.Counted.Items);
            writer.WriteString("IndexArn", $"{table.Arn}/index/{index.Shape.Name}");
            if (isGlobal)
            {
                writer.WriteString("IndexStatus", index.Status);
                if (index.Status == "CREATING" && index.IsBackfilling)
                    writer.WriteBoolean("Backfilling", true);

                index.Shape.Throughput.WriteProvisioned(writer);
                index.Shape.OnDemand?.WriteOnDemand(writer);
                (index.Shape.Warm ?? (table.Shape.IsOnDemand ? OnDemandWarm : index.Shape.Throughput)).WriteWarm(
                    writer, index.Status == "ACTIVE" ? "ACTIVE" : "UPDATING");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteStream(Utf8JsonWriter writer, Table table)
    {
        if (table.StreamView is { } view)
        {
            writer.WriteStartObject("StreamSpecification");
            writer.WriteBoolean("StreamEnabled", true);
            writer.WriteString("StreamViewType", view);
            writer.WriteEndObject();
        }

        writer.WriteText("LatestStreamLabel", table.StreamLabel);
        writer.WriteText("LatestStreamArn", table.StreamArn);
    }

    private static void WriteReplicas(Utf8JsonWriter writer, Table table)
    {
        if (table.Replicas.Count == 0)
            return;

        writer.WriteString("GlobalTableVersion", "2019.11.21");
        writer.WriteStartArray("Replicas");
        foreach (var region in table.Replicas)
        {
            writer.WriteStartObject();
            writer.WriteString("RegionName", region);
            writer.WriteString("ReplicaStatus", "ACTIVE");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRestore(Utf8JsonWriter writer, RestoreSummary? restore)
    {
        if (restore is null)
            return;

        writer.WriteStartObject("RestoreSummary");
        writer.WriteText("SourceBackupArn", restore.SourceBackupArn);
        writer.WriteText("SourceTableArn", restore.SourceTableArn);
        writer.WriteInstant("RestoreDateTime", restore.At);
        writer.WriteBoolean("RestoreInProgress", restore.InProgress);
        writer.WriteEndObject();
    }
}
