namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>What DynamoDB really took for one table of a restore, in seconds: the truth, not our steps.</summary>
internal sealed record TableTimes
{
    /// <summary>A backup is only sure to hold what was there a minute before it was asked for.</summary>
    private const double Settle = 60;

    /// <summary>The live table.</summary>
    public required string Name { get; init; }

    /// <summary>The copy's restore to a point in time.</summary>
    public required ServiceOperation Copy { get; init; }

    /// <summary>The copy's backup.</summary>
    public required ServiceOperation Backup { get; init; }

    /// <summary>The backup of the live table as it was; null if none was made.</summary>
    public ServiceOperation? Safety { get; init; }

    /// <summary>The live table's deletion.</summary>
    public required ServiceOperation Delete { get; init; }

    /// <summary>The restore of the backup to the live name.</summary>
    public required ServiceOperation Restore { get; init; }

    /// <summary>The copy's deletion.</summary>
    public required ServiceOperation Cleanup { get; init; }

    /// <summary>When the copy had its indexes.</summary>
    public required DateTimeOffset CopyReadyAt { get; init; }

    /// <summary>When the restored table had its indexes.</summary>
    public required DateTimeOffset RestoreReadyAt { get; init; }

    /// <summary>From the deletion until the name could be used again.</summary>
    public required double NameRelease { get; init; }

    /// <summary>From the restored table being ACTIVE until the last of its settings could be back.</summary>
    public required double Settings { get; init; }

    /// <summary>The table's way to the gate. Its indexes come after the restore has left its place to another.</summary>
    public Chain ToGate => new(0, Copy.Seconds, (CopyReadyAt - Copy.EndedAt).TotalSeconds + Settle + Backup.Seconds);

    /// <summary>The table's way from the gate.</summary>
    public Chain FromGate => new(SafetyBehindGate + Delete.Seconds + NameRelease, Restore.Seconds, Settings + Cleanup.Seconds);

    // Before the gate it runs beside the copy and costs no time.
    private double SafetyBehindGate => Safety is { } safety && safety.StartedAt >= Backup.EndedAt ? safety.Seconds : 0;

    /// <summary>Sorts out what belongs to which table.</summary>
    public static IReadOnlyList<TableTimes> Read(IReadOnlyList<ServiceOperation> operations, IEnumerable<string> tables)
    {
        var byTable = operations.ToLookup(o => o.Table, StringComparer.Ordinal);
        return [.. tables.Select(name => Read(name, operations, byTable))];
    }

    private static TableTimes Read(string name, IReadOnlyList<ServiceOperation> operations, ILookup<string, ServiceOperation> byTable)
    {
        var copy = operations.First(o => o.Kind == "restore-pitr" && o.Source == name);
        var restore = Last(name, "restore-backup");
        var delete = Last(name, "delete");
        var recovery = Total("backup-readiness") + Total("recovery-enable");
        var updates = Total("indexes") + Total("update");
        return new TableTimes
        {
            Name = name,
            Copy = copy,
            Backup = Last(copy.Table, "backup"),
            Safety = byTable[name].LastOrDefault(o => o.Kind == "backup"),
            Delete = delete,
            Restore = restore,
            Cleanup = Last(copy.Table, "delete"),
            CopyReadyAt = byTable[copy.Table].Where(o => o.Kind == "indexes").Select(o => o.EndedAt).Append(copy.EndedAt).Max(),
            RestoreReadyAt = AfterRestore("indexes").Select(o => o.EndedAt).Append(restore.EndedAt).Max(),
            NameRelease = byTable[name].Where(o => o.Kind == "name-release" && o.StartedAt >= delete.EndedAt).Sum(o => o.Seconds),
            Settings = Math.Max(recovery, updates),
        };

        ServiceOperation Last(string table, string kind) => byTable[table].Last(o => o.Kind == kind);

        IEnumerable<ServiceOperation> AfterRestore(string kind) => byTable[name].Where(o => o.Kind == kind && o.StartedAt >= restore.StartedAt);

        double Total(string kind) => AfterRestore(kind).Sum(o => o.Seconds);
    }
}
