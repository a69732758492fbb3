using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>
/// Turns captured tables into steps. Pure: the same tables and the same intent give the same steps, so that the plan's digest can be approved
/// on one day and run on another. Facts that change by themselves (latest restorable time, counts) therefore stay out of inputs and words.
/// </summary>
internal static class DynamoDbPlanner
{
    /// <summary>Restores that AWS allows at the same time in one account and region.</summary>
    public const int ConcurrentRestores = 50;

    /// <summary>Tables that are read in full at the same time: more would only fight for this machine's processors.</summary>
    public const int ConcurrentScans = 25;

    /// <summary>Tables that are backed up, deleted or changed at the same time, so that their calls and looks stay within the account's rates.</summary>
    public const int ConcurrentChanges = 50;

    private const double BytesPerReadUnit = 4096;

    /// <summary>What an on-demand table surely sustains.</summary>
    private const double OnDemandBytesPerSecond = 12_000 * BytesPerReadUnit;

    /// <summary>The limit that restores count against.</summary>
    public static string RestoreLimit(TableIdentity table) => $"dynamodb-restore:{table.Account}/{table.Region}";

    /// <summary>The limit that full reads count against.</summary>
    public static string ScanLimit(TableIdentity table) => $"dynamodb-scan:{table.Account}/{table.Region}";

    /// <summary>The limit that backups, deletions and changes of tables count against.</summary>
    public static string TableLimit(TableIdentity table) => $"dynamodb-table:{table.Account}/{table.Region}";

    /// <summary>The part of all step keys that names the table.</summary>
    public static string KeyOf(TableIdentity table, bool severalRegions) => severalRegions ? $"{table.Region}/{table.Name}" : table.Name;

    /// <summary>The limits of the accounts and regions of the tables.</summary>
    public static IReadOnlyDictionary<string, int> Limits(IEnumerable<CapturedTable> tables)
    {
        var limits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            limits[RestoreLimit(table.Identity)] = ConcurrentRestores;
            limits[ScanLimit(table.Identity)] = ConcurrentScans;
            limits[TableLimit(table.Identity)] = ConcurrentChanges;
        }

        return limits;
    }

    /// <summary>The steps that make and check copies.</summary>
    public static IReadOnlyList<PlannedStep> CopySteps(IReadOnlyList<CapturedTable> tables, RestoreIntent intent, DynamoDbTimings timings) =>
        [.. tables.SelectMany(t => CopySteps(t, Key(t, tables), intent, timings))];

    /// <summary>The steps behind the gate.</summary>
    public static IReadOnlyList<PlannedStep> SwapSteps(IReadOnlyList<CapturedTable> tables, RestoreIntent intent, DynamoDbTimings timings) =>
        [.. tables.SelectMany(t => SwapSteps(t, Key(t, tables), intent, timings))];

    private static IEnumerable<PlannedStep> CopySteps(CapturedTable table, string key, RestoreIntent intent, DynamoDbTimings timings)
    {
        var id = table.Identity;
        var copy = DynamoDbNames.Copy(intent.RunId, id.Name);

        yield return Step("copy", key, id, $"restore {id.Name} as of {UtcText.Of(intent.RestoreTime)} to the new table {copy}", timings.Restore, new CopyInput
        {
            Table = id, CopyName = copy, Timeout = intent.Timeout, RestoreTime = intent.RestoreTime,
        }) with { Limit = RestoreLimit(id) };

        var name = DynamoDbNames.CopyBackup(intent.RunId);
        yield return Step("backup", key, id, $"back up {copy} as {name}", timings.BackupSettle + timings.Backup, new BackupInput
        {
            Table = id, CopyName = copy, Timeout = intent.Timeout, BackupName = name,
        }) with { DependsOn = [$"copy:{key}"], Limit = TableLimit(id) };

        yield return Step("check", key, id, $"read every item of {copy} and check its times, states and structure", ScanTime(table), Check(table, copy, intent))
            with { DependsOn = [$"copy:{key}"], Limit = ScanLimit(id), ReadOnly = true };
    }

    private static IEnumerable<PlannedStep> SwapSteps(CapturedTable table, string key, RestoreIntent intent, DynamoDbTimings timings)
    {
        var id = table.Identity;
        var facts = table.Facts;
        var copy = DynamoDbNames.Copy(intent.RunId, id.Name);
        var expires = facts.TimeToLiveAttribute is not null && !intent.SkipTimeToLive;

        // Right before the deletion: one that was taken before the gate could be days old by then.
        if (!intent.SkipSafetyBackup)
        {
            var safety = DynamoDbNames.SafetyBackup(intent.RunId);
            yield return Step("safety", key, id, $"back up {id.Name} as it is now, as {safety}", timings.Backup, new BackupInput
            {
                Table = id, CopyName = copy, Timeout = intent.Timeout, BackupName = safety,
            }) with { Limit = TableLimit(id) };
        }

        yield return Step("delete", key, id, $"delete the live table {id.Name} (id {id.Id})", timings.Delete, new DeleteInput
        {
            Table = id,
            CopyName = copy,
            Timeout = intent.Timeout,
            SafetyBackup = !intent.SkipSafetyBackup,
            DeletionProtection = facts.DeletionProtection,
            ScalingTargets = Clone(facts.ScalingTargets),
        }) with { DependsOn = intent.SkipSafetyBackup ? [] : [$"safety:{key}"], Limit = TableLimit(id), Irreversible = true };

        yield return Step("restore", key, id, $"restore the backup of {copy} to {id.Name}", timings.Restore, new RestoreInput
        {
            Table = id, CopyName = copy, Timeout = intent.Timeout, BillingMode = facts.BillingMode, Capacity = facts.Capacity, Indexes = facts.Indexes,
        }) with { DependsOn = [$"delete:{key}"], Limit = RestoreLimit(id), Like = $"copy:{key}" };

        yield return Step("reapply", key, id, $"put back the settings of {id.Name}: {Settings(facts)}", timings.Reapply, new ReapplyInput
        {
            Table = id, CopyName = copy, Timeout = intent.Timeout, Facts = facts, SkipTimeToLive = intent.SkipTimeToLive,
        }) with { DependsOn = [$"restore:{key}"], Limit = TableLimit(id) };

        yield return Step("verify", key, id, $"read every item of {id.Name} and compare it with {copy}", ScanTime(table), Check(table, copy, intent))
            with { DependsOn = [$"restore:{key}"], Limit = ScanLimit(id), ReadOnly = true };

        // Time to live would delete expired items while they are being compared, so it waits for the comparison.
        if (expires)
        {
            yield return Step("timetolive", key, id, $"switch time to live of {id.Name} on again, by {facts.TimeToLiveAttribute}", timings.Reapply, new ReapplyInput
            {
                Table = id, CopyName = copy, Timeout = intent.Timeout, Facts = facts,
            }) with { DependsOn = [$"reapply:{key}", $"verify:{key}"], Limit = TableLimit(id) };
        }

        yield return Step("cleanup", key, id, $"delete the copy {copy}; its backup stays", timings.Delete, new CopyInput
        {
            Table = id, CopyName = copy, Timeout = intent.Timeout, RestoreTime = intent.RestoreTime,
        }) with { DependsOn = expires ? [$"reapply:{key}", $"verify:{key}", $"timetolive:{key}"] : [$"reapply:{key}", $"verify:{key}"], Limit = TableLimit(id) };
    }

    private static PlannedStep Step<TInput>(string verb, string key, TableIdentity table, string action, TimeSpan estimate, TInput input)
        where TInput : TableStepInput => new()
    {
        Key = $"{verb}:{key}",
        Kind = $"dynamodb.{verb}",
        Target = table.Arn,
        Action = action,
        Estimate = estimate,
        Input = JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject(),
    };

    private static CheckInput Check(CapturedTable table, string copy, RestoreIntent intent) => new()
    {
        Table = table.Identity,
        CopyName = copy,
        Timeout = intent.Timeout,
        RestoreTime = intent.RestoreTime,
        Structure = table.Facts.Structure,
        ClockSkew = intent.ClockSkew,
    };

    private static string Key(CapturedTable table, IReadOnlyList<CapturedTable> all) =>
        KeyOf(table.Identity, all.Select(t => t.Identity.Region).Distinct(StringComparer.Ordinal).Skip(1).Any());

    // Sizes are refreshed every six hours; coarse steps keep the digest from changing with them.
    private static TimeSpan ScanTime(CapturedTable table)
    {
        var rate = table.Facts.Capacity.Read is { } units ? units * BytesPerReadUnit : OnDemandBytesPerSecond;
        var minutes = table.ApproximateBytes / Math.Max(1, rate) / 60;
        return TimeSpan.FromMinutes(Math.Pow(4, Math.Ceiling(Math.Log(Math.Max(1, minutes), 4))));
    }

    private static string Settings(TableFacts facts)
    {
        var parts = new List<string> { "capacity" };
        Add("point-in-time recovery", facts.PointInTimeRecovery);
        Add("stream", facts.StreamView is not null);
        Add($"{facts.Tags.Count} tags", facts.Tags.Count > 0);
        Add("resource policy", facts.Policy is not null || facts.StreamPolicy is not null);
        Add("Kinesis destination", facts.Kinesis.Count > 0);
        Add("contributor insights", facts.Insights.Count > 0);
        Add("automatic scaling", facts.ScalingTargets.Count > 0);
        Add("deletion protection", facts.DeletionProtection);
        return string.Join(", ", parts);

        void Add(string part, bool present)
        {
            if (present)
                parts.Add(part);
        }
    }

    private static IReadOnlyList<JsonObject> Clone(IReadOnlyList<JsonObject> bodies) => [.. bodies.Select(b => (JsonObject)b.DeepClone())];
}
