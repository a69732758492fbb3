using System.Globalization;
using ScalarRestore.Contracts;
using ScalarRestore.Drill;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>What <c>makespan</c> is asked for.</summary>
internal sealed record MakespanOptions
{
    /// <summary>The coordinator table and the metadata table that every release has beside the application's own.</summary>
    private const int OwnTables = 2;

    public int Tables { get; init; } = 50;

    public int Items { get; init; } = 20;

    public double TimeScale { get; init; } = 60;

    public int Seed { get; init; } = 1;

    public double FaultPercent { get; init; }

    public int HandTables { get; init; } = 2;

    /// <summary>The drill's world with exactly so many tables.</summary>
    public DrillOptions World => new()
    {
        Tables = Tables - OwnTables,
        Items = Items,
        Ledger = false,
        Engine = WorkloadEngine.Record,
        TimeScale = TimeScale,
        Seed = Seed,
    };

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One of them is wrong.</exception>
    public static MakespanOptions Parse(IReadOnlyList<string> args)
    {
        var options = new MakespanOptions();
        for (var i = 0; i < args.Count; i++)
        {
            double Value(double least) =>
                ++i < args.Count && double.TryParse(args[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least
                    ? value
                    : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{args[i - 1]}' needs a number of at least {least}."));
            options = args[i] switch
            {
                "--tables" => options with { Tables = (int)Value(OwnTables + 1) },
                "--items" => options with { Items = (int)Value(1) },
                "--time-scale" => options with { TimeScale = Value(1) },
                "--seed" => options with { Seed = (int)Value(0) },
                "--faults" => options with { FaultPercent = Value(0) },
                "--hand-tables" => options with { HandTables = (int)Value(0) },
                "--json" => options,
                _ => throw new ArgumentException($"'{args[i]}' is not an option of makespan."),
            };
        }

        return options;
    }
}
