using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;
using ScalarRestore.Sandbox.Aws.Scaling;

namespace ScalarRestore.Sandbox.Control;

/// <summary>The whole state in a fixed order. Without what is new in every run, such as ids and instants, two runs can be compared as
/// text.</summary>
internal static class StateDump
{
    public static JsonObject Region(DynamoDbRegion region, bool includeVolatile)
    {
        lock (region.Lock)
        {
            var now = region.Advance();
            var backups = region.Backups.Values
                .OrderBy(b => b.TableName, StringComparer.Ordinal)
                .ThenBy(b => b.Name, StringComparer.Ordinal)
                .ThenBy(b => b.Arn, StringComparer.Ordinal);
            return new JsonObject
            {
                ["account"] = region.Account,
                ["region"] = region.Region,
                ["tables"] = new JsonArray([.. region.Tables.Values.Select(t => TableOf(region, t, now, includeVolatile))]),
                ["backups"] = new JsonArray([.. backups.Select(b => BackupOf(b, includeVolatile))]),
            };
        }
    }

    public static JsonObject Region(ScalingRegion region, bool includeVolatile)
    {
        lock (region.Lock)
        {
            return new JsonObject
            {
                ["account"] = region.Account,
                ["region"] = region.Region,
                ["targets"] = List(region.Targets.Values),
                ["policies"] = List(region.Policies.Values),
                ["actions"] = List(region.Actions.Values),
            };
        }

        JsonArray List(IEnumerable<JsonObject> objects) => new([.. objects.Select(o =>
        {
            var copy = o.DeepClone().AsObject();
            if (!includeVolatile)
                copy.Remove("CreationTime");

            return copy;
        })]);
    }

    private static JsonNode TableOf(DynamoDbRegion region, Table table, DateTimeOffset now, bool includeVolatile)
    {
        var dump = new JsonObject
        {
            ["name"] = table.Name,
            ["status"] = table.Status,
            ["shape"] = Shape(table.Shape),
            ["indexStatus"] = Strings(table.Indexes.Select(i => KeyValuePair.Create(i.Shape.Name, i.Status))),
            ["onDemand"] = Units(table.OnDemand),
            ["warm"] = Units(table.Warm),
            ["stream"] = table.StreamView,
            ["deletionProtection"] = table.DeletionProtection,
            ["tableClass"] = table.TableClass,
            ["replicas"] = new JsonArray([.. table.Replicas.Select(r => JsonValue.Create(r))]),
            ["recovery"] = table.RecoverableFrom is null ? null : new JsonObject { ["days"] = table.RecoveryDays },
            ["timeToLive"] = table.TtlStatus == "DISABLED" ? null
                : new JsonObject { ["attribute"] = table.TtlAttribute, ["status"] = table.TtlStatus },
            ["tags"] = Strings(table.Tags),
            ["kinesis"] = Strings(table.Kinesis.Select(k => KeyValuePair.Create(k.Key, $"{k.Value.Status} {k.Value.Precision}"))),
            ["insights"] = Strings(table.Insights),

            // A stream's ARN ends in the instant of its making.
            ["policies"] = Strings(table.Policies.Select(
                p => KeyValuePair.Create(includeVolatile || p.Key == table.Arn ? p.Key : table.Arn + "/stream/*", p.Value.Text))),
            ["itemCount"] = table.Items.Count,
            ["itemsSha256"] = table.Items.Digest(),
        };
        if (includeVolatile)
        {
            dump["id"] = table.Id;
            dump["arn"] = table.Arn;
            dump["createdAt"] = table.CreatedAt;
            dump["streamArn"] = table.StreamArn;
            dump["recoverableFrom"] = table.RecoverableFrom;
            dump["latestRestorable"] = table.RecoverableFrom is null ? null : region.LatestRestorable(table, now);
            dump["restore"] = table.Restore is not { } restore ? null : new JsonObject
            {
                ["sourceTableArn"] = restore.SourceTableArn,
                ["sourceBackupArn"] = restore.SourceBackupArn,
                ["at"] = restore.At,
                ["inProgress"] = restore.InProgress,
            };
            dump["staleItemCount"] = region.Count(table, now).Items;
        }

        return dump;
    }

    private static JsonNode BackupOf(Backup backup, bool includeVolatile)
    {
        backup.Digest ??= new ItemStore(backup.Items).Digest();
        var dump = new JsonObject
        {
            ["name"] = backup.Name,
            ["table"] = backup.TableName,
            ["type"] = backup.Type,
            ["status"] = backup.Status,
            ["itemCount"] = backup.Items.Count,
            ["itemsSha256"] = backup.Digest,
        };
        if (includeVolatile)
        {
            dump["arn"] = backup.Arn;
            dump["createdAt"] = backup.CreatedAt;
            dump["tableId"] = backup.TableId;
        }

        return dump;
    }

    private static JsonObject Shape(TableShape shape) => new()
    {
        ["keys"] = Keys(shape.Keys),
        ["attributes"] = Strings(
            shape.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Key, a.Value.ToString()))),
        ["billing"] = shape.IsOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
        ["throughput"] = Units(shape.Throughput),
        ["encryption"] = shape.Encryption?.KeyArn,
        ["indexes"] = new JsonArray([.. shape.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => (JsonNode)new JsonObject
        {
            ["name"] = i.Name,
            ["global"] = i.IsGlobal,
            ["keys"] = Keys(i.Keys),
            ["projection"] = string.Join(' ', i.NonKeyAttributes.Prepend(i.Projection)),
            ["throughput"] = Units(i.Throughput),
            ["onDemand"] = Units(i.OnDemand),
            ["warm"] = Units(i.Warm),
        })]),
    };

    private static JsonNode? Units(Throughput? throughput) =>
        throughput is { } value ? new JsonObject { ["read"] = value.Read, ["write"] = value.Write } : null;

    private static string Keys(KeySchema keys) =>
        keys.RangeName is null ? $"{keys.HashName}:{keys.HashType}" : $"{keys.HashName}:{keys.HashType}/{keys.RangeName}:{keys.RangeType}";

    private static JsonObject Strings(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
}
