namespace ScalarRestore.Drill.Report;

/// <summary>What a drill found; with <c>--json</c> this is the last line.</summary>
internal sealed record DrillResult
{
    /// <summary>The kind of databases.</summary>
    public required string Database { get; init; }

    /// <summary>Which way of changing releases acted.</summary>
    public required string Engine { get; init; }

    /// <summary>The releases.</summary>
    public required IReadOnlyList<string> Releases { get; init; }

    /// <summary>The restore point, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>The restored instances and clusters; empty for DynamoDB.</summary>
    public required IReadOnlyList<DatabaseFigures> Databases { get; init; }

    /// <summary>The version of PostgreSQL that ran in them; null where none did.</summary>
    public string? Postgres { get; init; }

    /// <summary>What this drill could not prove; null if nothing.</summary>
    public string? OutOfReach { get; init; }

    /// <summary>Tables whose items were compared.</summary>
    public required int Tables { get; init; }

    /// <summary>Items that stood in the tables at the restore point.</summary>
    public required int Items { get; init; }

    /// <summary>Items that the bad release had spoilt, lost or added before the restore.</summary>
    public required int SpoiltItems { get; init; }

    /// <summary>Items that are missing or should not be there after the restore.</summary>
    public required int WrongItems { get; init; }

    /// <summary>Writes by the workloads between the moment they were stopped and the moment they were started again; null if nobody watched.</summary>
    public required int? WritesDuringRestore { get; init; }

    /// <summary>Settings that differ from before.</summary>
    public required int DriftLeft { get; init; }

    /// <summary>Steps of the restore's plan.</summary>
    public required int Steps { get; init; }

    /// <summary>Deletions: of each live table one, and none of instances and clusters.</summary>
    public required int Deletions { get; init; }

    /// <summary>Processes that were killed on the way.</summary>
    public required int Kills { get; init; }

    /// <summary>Calls that were sent to AWS and to Kubernetes.</summary>
    public required int Calls { get; init; }

    /// <summary>How long the restore of the databases took, in the sandbox's seconds.</summary>
    public required double MakespanSeconds { get; init; }

    /// <summary>How long it would take at the least, with the service times that were met.</summary>
    public required double CriticalPathSeconds { get; init; }

    /// <summary>How long each kind of database would have taken alone, with the service times that were met.</summary>
    public required IReadOnlyDictionary<string, double> KindSeconds { get; init; }

    /// <summary>From the stop to the last pod being stable again, in the sandbox's seconds.</summary>
    public required double OutageSeconds { get; init; }

    /// <summary>What is not proven; empty for a good drill.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary><c>proven</c>, <c>control plane proven</c> where no rows could be compared, or <c>not proven</c>.</summary>
    public string Verdict => (Faults.Count, OutOfReach) switch
    {
        (0, null) => "proven",
        (0, _) => "control plane proven",
        _ => "not proven",
    };
}
