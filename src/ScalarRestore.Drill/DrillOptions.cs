using System.Globalization;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Databases;

namespace ScalarRestore.Drill;

/// <summary>What the command line of a drill asks for.</summary>
internal sealed record DrillOptions
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage = """
        Rehearses a whole restore on a sandbox that runs on this machine alone.

          dotnet run --project src/ScalarRestore.Drill -- [options]

          --database WHICH   dynamodb (default), rds, aurora, mixed (Ledger on Aurora, Auditor on
                             RDS), cosmosdb, mysql or postgresql (Azure's flexible servers),
                             or all: six kinds at once, two behind each release
          --tables N         application tables of the ScalarDB Server release, or of each RDS or
                             Aurora database (default 4)
          --items N          items in each table (default 100)
          --no-rows          no PostgreSQL behind RDS and Aurora, even where it is installed: quicker,
                             and proves the control plane only
          --workloads WHICH  server, ledger (Ledger and Auditor), or all (default)
          --engine WHICH     helm, record, or auto (default: helm where it is found)
          --kill-at WHERE    kill the restoring process there and resume in a new one: a step's
                             key such as delete:app.t1, or a journal record such as 12:before
                             or 12:after; may be given several times
          --kill-matrix      instead of one restore: one for each journal record, killed there
          --kill-phase WHICH of the kill matrix, only the records of one phase: stop, restore, values
                             or start
          --shard I/N        of the kill matrix, only every N-th kill point, from the I-th (0-based)
          --faults PERCENT   calls that are throttled, fail or lose their answer (default 0)
          --time-scale N     sandbox seconds per second (default 120)
          --seed N           seeds service times and faults (default 1)
          --quick            service times of a second instead of realistic ones
          --json             the last line is one JSON object
          --verbose          every change of state
          --stage            stop before the restore and say how to do it by hand; the last line is
                             one JSON object, and the end of the standard input ends the sandbox
          --keep             leave the sandbox's folder and the journal in place
        """;

    public DatabaseChoice Database { get; init; }

    /// <summary>Whether any database is on Azure.</summary>
    public bool OnAzure => Database is DatabaseChoice.CosmosDb or DatabaseChoice.MySql or DatabaseChoice.PostgreSql or DatabaseChoice.All;

    /// <summary>Whether any database holds rows that a PostgreSQL can hold.</summary>
    public bool HasRows => Database is DatabaseChoice.Rds or DatabaseChoice.Aurora or DatabaseChoice.Mixed or DatabaseChoice.All;

    public int Tables { get; init; } = 4;

    public int Items { get; init; } = 100;

    /// <summary>Whether PostgreSQL runs behind instances and clusters, where it is installed.</summary>
    public bool Rows { get; init; } = true;

    public bool Server { get; init; } = true;

    public bool Ledger { get; init; } = true;

    public WorkloadEngine Engine { get; init; } = WorkloadEngine.Auto;

    public IReadOnlyList<string> KillAt { get; init; } = [];

    public bool KillMatrix { get; init; }

    /// <summary>The phase whose records the kill matrix walks; null for all.</summary>
    public KillPhase? KillPhase { get; init; }

    public int Shard { get; init; }

    public int Shards { get; init; } = 1;

    public double FaultPercent { get; init; }

    public double TimeScale { get; init; } = 120;

    public int Seed { get; init; } = 1;

    public bool Quick { get; init; }

    public bool Json { get; init; }

    public bool Verbose { get; init; }

    public bool Keep { get; init; }

    public bool Stage { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">A word is not an option, or its value is not one.</exception>
    public static DrillOptions Parse(IReadOnlyList<string> args)
    {
        var options = new DrillOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new ArgumentException($"'{args[i - 1]}' needs a value.");
            options = args[i] switch
            {
                "--database" => options with { Database = Word<DatabaseChoice>(args[i], Value()) },
                "--tables" => options with { Tables = Number(Value(), 1) },
                "--items" => options with { Items = Number(Value(), 1) },
                "--no-rows" => options with { Rows = false },
                "--workloads" => Workloads(options, Value()),
                "--engine" => options with { Engine = Word<WorkloadEngine>(args[i], Value()) },
                "--kill-at" => options with { KillAt = [.. options.KillAt, Value()] },
                "--kill-matrix" => options with { KillMatrix = true },
                "--kill-phase" => options with { KillPhase = Word<KillPhase>(args[i], Value()) },
                "--shard" => ShardOf(options, Value()),
                "--faults" => options with { FaultPercent = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--time-scale" => options with { TimeScale = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = Number(Value(), 0) },
                "--quick" => options with { Quick = true },
                "--json" => options with { Json = true },
                "--verbose" => options with { Verbose = true },
                "--keep" => options with { Keep = true },
                "--stage" => options with { Stage = true },
                _ => throw new ArgumentException($"'{args[i]}' is not an option of the drill."),
            };
        }

        return options switch
        {
            { Database: DatabaseChoice.Mixed, Ledger: false } => throw new ArgumentException("'--database mixed' is about Ledger and Auditor, and takes no '--workloads server'."),
            { Database: DatabaseChoice.Mixed } => options with { Server = false },
            { Database: DatabaseChoice.All } when !options.Server || !options.Ledger => throw new ArgumentException("'--database all' is about all workloads, and takes no others."),
            _ => options,
        };
    }

    private static DrillOptions Workloads(DrillOptions options, string which) => which switch
    {
        "server" => options with { Server = true, Ledger = false },
        "ledger" => options with { Server = false, Ledger = true },
        "all" => options with { Server = true, Ledger = true },
        _ => throw new ArgumentException($"'{which}' is not one of server, ledger and all."),
    };

    private static DrillOptions ShardOf(DrillOptions options, string text) => text.Split('/') is [var shard, var shards]
        ? options with { Shard = Number(shard, 0), Shards = Number(shards, 1) }
        : throw new ArgumentException($"'{text}' is not a shard such as 0/2.");

    private static T Word<T>(string option, string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var word) && !char.IsAsciiDigit(text[0])
            ? word
            : throw new ArgumentException($"'{text}' is none of {option}'s words: {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");

    private static int Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least
            ? value
            : throw new ArgumentException($"'{text}' is not a number of at least {least}.");
}
