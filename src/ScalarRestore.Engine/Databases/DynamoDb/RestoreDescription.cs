using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases.DynamoDb.Handlers;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Reads from a plan and its evidence what was done to which table. Pure.</summary>
internal static class RestoreDescription
{
    private const string Delete = "delete:";

    /// <summary>The databases of a plan, in the order of their regions.</summary>
    public static IReadOnlyList<RestoredDatabase> Of(RestorePlan plan, Func<string, JsonObject?> evidenceOf) =>
    [
        .. plan.Steps.Where(s => s.Kind == "dynamodb.delete")
            .Select(s => (Key: s.Key[Delete.Length..], Table: s.Input.Deserialize<DeleteInput>(PlanJson.Options)!.Table))
            .GroupBy(t => (t.Table.Account, t.Table.Region))
            .OrderBy(g => g.Key.Region, StringComparer.Ordinal)
            .Select(g => new RestoredDatabase
            {
                Kind = DatabaseKind.DynamoDB,
                Account = g.Key.Account,
                Region = g.Key.Region,
                Verified = false,
                Tables = [.. g.OrderBy(t => t.Table.Name, StringComparer.Ordinal).Select(t => Table(t.Key, t.Table, evidenceOf))],
            })
            .Select(database => database with { Verified = database.Tables.All(table => table.Verified) }),
    ];

    private static RestoredTable Table(string key, TableIdentity table, Func<string, JsonObject?> evidenceOf)
    {
        var (verify, reapply) = (Read<CheckedTable>("verify"), Read<ReappliedSettings>("reapply"));
        return new RestoredTable
        {
            Name = table.Name,
            OldId = table.Id,
            NewId = verify?.TableId ?? Read<MadeTable>("restore")?.TableId,
            Items = verify?.Count,
            ContentHash = verify?.Hash,
            BackupArn = Read<MadeBackup>("backup")?.BackupArn,
            SafetyBackupArn = Read<MadeBackup>("safety")?.BackupArn,
            Drift = reapply?.Drift ?? [],
            Verified = verify?.Verdict is "pass" or "empty" && reapply is not null,
        };

        T? Read<T>(string verb)
            where T : class => evidenceOf($"{verb}:{key}") is { } evidence ? TableEvidence.Read<T>(evidence) : null;
    }
}
