using System.Globalization;
using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>On-demand backups.</summary>
internal static class BackupOperations
{
    public static void Create(OperationContext call)
    {
        var (region, input, writer, now) = call;
        var table = region.GetForBackup(input.Required("TableName"));
        var name = DynamoDbRegion.Checked(input.Required("BackupName"));
        if (table.Status is "CREATING" or "DELETING")
            throw new AwsException("TableInUseException", $"Table is being created or deleted: {table.Name}");

        RecoveryOperations.RefuseTooEarly(region, table, now);
        var backup = region.Snapshot(table, name, "USER", now, expiresAt: null);
        var availableAt = now + region.Draw(region.Settings.BackupSeconds, "backup", table.Origin);
        region.Note(OperationKinds.Backup, table.Name, now, availableAt);
        region.Timeline.At(availableAt, () => backup.Status = "AVAILABLE");
        writer.WriteStartObject("BackupDetails");
        WriteDetails(writer, backup);
        writer.WriteEndObject();
    }

    public static void Describe(OperationContext call) => WriteDescription(call.Writer, Get(call.Region, call.Input.Required("BackupArn")));

    public static void Delete(OperationContext call)
    {
        var backup = Get(call.Region, call.Input.Required("BackupArn"));
        if (backup.Status == "CREATING" || backup.Readers > 0)
            throw new AwsException("BackupInUseException", $"Backup is in use: {backup.Arn}");

        if (backup.Type == "SYSTEM")
            throw AwsException.Validation("System backups cannot be deleted.");

        call.Region.Backups.Remove(backup.Arn);
        backup.Status = "DELETED";
        WriteDescription(call.Writer, backup);
    }

    public static void List(OperationContext call)
    {
        var (region, input, writer, _) = call;
        var type = input.Text("BackupType") ?? "USER";
        var table = input.Text("TableName") is { } name ? DynamoDbRegion.PlainName(name) : null;
        var limit = (int)(input.Number("Limit") ?? 100);
        if (limit is < 1 or > 100)
            throw AwsException.Validation(
                $"1 validation error detected: Value '{limit.ToString(CultureInfo.InvariantCulture)}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100");

        var after = input.Text("ExclusiveStartBackupArn");
        var from = input.Instant("TimeRangeLowerBound");
        var until = input.Instant("TimeRangeUpperBound");
        var backups = region.Backups.Values
            .Where(b => (type == "ALL" || type == b.Type) && (table is null || string.Equals(b.TableName, table, StringComparison.Ordinal)))
            .Where(b => (from is null || b.CreatedAt >= from) && (until is null || b.CreatedAt < until))
            .OrderBy(b => b.Arn, StringComparer.Ordinal)
            .Where(b => string.CompareOrdinal(b.Arn, after) > 0)
            .Take(limit + 1).ToArray();
        writer.WriteStartArray("BackupSummaries");
        foreach (var backup in backups.Take(limit))
        {
            writer.WriteStartObject();
            writer.WriteString("TableName", backup.TableName);
            writer.WriteString("TableId", backup.TableId);
            writer.WriteString("TableArn", backup.TableArn);
            WriteDetails(writer, backup);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (backups.Length > limit)
            writer.WriteString("LastEvaluatedBackupArn", backups[limit - 1].Arn);
    }

    /// <summary>The backup, or BackupNotFoundException.</summary>
    public static Backup Get(DynamoDbRegion region, string arn) => region.Backups.GetValueOrDefault(arn)
        ?? throw new AwsException("BackupNotFoundException", $"Backup not found: {arn}");

    private static void WriteDetails(Utf8JsonWriter writer, Backup backup)
    {
        writer.WriteString("BackupArn", backup.Arn);
        writer.WriteString("BackupName", backup.Name);
        writer.WriteString("BackupStatus", backup.Status);
        writer.WriteString("BackupType", backup.Type);
        writer.WriteInstant("BackupCreationDateTime", backup.CreatedAt);
        writer.WriteNumber("BackupSizeBytes", backup.Status == "CREATING" ? 0 : backup.Bytes);
        if (backup.ExpiresAt is { } expiresAt)
            writer.WriteInstant("BackupExpiryDateTime", expiresAt);
    }

    private static void WriteDescription(Utf8JsonWriter writer, Backup backup)
    {
        writer.WriteStartObject("BackupDescription");
        writer.WriteStartObject("BackupDetails");
        WriteDetails(writer, backup);
        writer.WriteEndObject();
        WriteSource(writer, backup);
        writer.WriteStartObject("SourceTableFeatureDetails");
        WriteIndexes(writer, backup, isGlobal: true, "GlobalSecondaryIndexes");
        WriteIndexes(writer, backup, isGlobal: false, "LocalSecondaryIndexes");
        if (backup.StreamView is { } view)
        {
            writer.WriteStartObject("StreamDescription");
            writer.WriteBoolean("StreamEnabled", true);
            writer.WriteString("StreamViewType", view);
            writer.WriteEndObject();
        }

        if (backup.TtlAttribute is { } ttl)
        {
            writer.WriteStartObject("TimeToLiveDescription");
            writer.WriteString("TimeToLiveStatus", "ENABLED");
            writer.WriteString("AttributeName", ttl);
            writer.WriteEndObject();
        }

        if (backup.Shape.Encryption is { } encryption)
        {
            writer.WriteStartObject("SSEDescription");
            writer.WriteString("Status", "ENABLED");
            writer.WriteString("SSEType", "KMS");
            writer.WriteString("KMSMasterKeyArn", encryption.KeyArn);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, Backup backup)
    {
        writer.WriteStartObject("SourceTableDetails");
        writer.WriteString("TableName", backup.TableName);
        writer.WriteString("TableId", backup.TableId);
        writer.WriteString("TableArn", backup.TableArn);
        writer.WriteNumber("TableSizeBytes", backup.Counted.Bytes);
        writer.WriteNumber("ItemCount", backup.Counted.Items);
        writer.WriteInstant("TableCreationDateTime", backup.TableCreatedAt);
        backup.Shape.Keys.Write(writer);
        backup.Shape.Throughput.WriteProvisioned(writer);
        backup.OnDemand?.WriteOnDemand(writer);
        writer.WriteString("BillingMode", backup.Shape.IsOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
        writer.WriteEndObject();
    }

    private static void WriteIndexes(Utf8JsonWriter writer, Backup backup, bool isGlobal, string member)
    {
        if (!backup.Shape.Indexes.Any(i => i.IsGlobal == isGlobal))
            return;

        writer.WriteStartArray(member);
        foreach (var index in backup.Shape.Indexes.Where(i => i.IsGlobal == isGlobal))
        {
            writer.WriteStartObject();
            writer.WriteString("IndexName", index.Name);
            index.Keys.Write(writer);
            TableDescription.WriteProjection(writer, index);
            if (isGlobal)
                index.Throughput.WriteProvisioned(writer);

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
