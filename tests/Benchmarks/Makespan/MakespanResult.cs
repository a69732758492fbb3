using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Benchmarks.ByHand;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>The figures of one run. Seconds are the sandbox's unless they say wall.</summary>
internal sealed record MakespanResult
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public required int Tables { get; init; }

    public required int Indexes { get; init; }

    public required double TimeScale { get; init; }

    public required int Seed { get; init; }

    public required double FaultPercent { get; init; }

    /// <summary>From the begin of the first step (a copy or a safety backup) to the end of the last (a copy's deletion).</summary>
    public required double MakespanSeconds { get; init; }

    public required double ToGateSeconds { get; init; }

    /// <summary><see cref="LowerBound.Of"/> of both sides of the gate.</summary>
    public required double LowerBoundSeconds { get; init; }

    public required double LowerBoundToGateSeconds { get; init; }

    /// <summary><see cref="LowerBound.InOrder"/> of both sides.</summary>
    public required double InOrderSeconds { get; init; }

    public required double InOrderToGateSeconds { get; init; }

    public required double DetectionLagP95Seconds { get; init; }

    public required IReadOnlyDictionary<string, double> DetectionLagP95ByStep { get; init; }

    /// <summary>Calls to AWS from the capture to the end, without polls.</summary>
    public required double ApiCallsPerTable { get; init; }

    public required double PollsPerTable { get; init; }

    public required int RefusedCalls { get; init; }

    /// <summary>Calls and polls by operation.</summary>
    public required IReadOnlyDictionary<string, int[]> CallsByOperation { get; init; }

    public required double PeakMemoryMB { get; init; }

    public required double IdleMemoryMB { get; init; }

    /// <summary>Processors that the restoring process kept busy on average.</summary>
    public required double WorkerCpuShare { get; init; }

    /// <summary>Of the restoring process.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Of the whole benchmark.</summary>
    public double TotalWallSeconds { get; init; }

    /// <summary>What is wrong after the restore; a fast restore that is wrong is worth nothing.</summary>
    public required IReadOnlyList<string> NotProven { get; init; }

    /// <summary>The guide by hand; null where it was not measured.</summary>
    public HandFigures? ByHand { get; init; }

    public double Ratio => MakespanSeconds / LowerBoundSeconds;

    /// <summary>What is lost by ourselves, and not by not knowing how long a restore will take.</summary>
    public double OverheadRatio => MakespanSeconds / InOrderSeconds;

    public double MemoryOverIdleMB => PeakMemoryMB - IdleMemoryMB;

    /// <summary>What the design allows a table.</summary>
    public double ApiCallsBudget => 16 + (4.0 * Indexes / Tables);

    /// <summary>All figures for machines.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Web)!.AsObject();

    /// <summary>The figures for people.</summary>
    public void Print(TextWriter output)
    {
        Line("Tables", $"{Tables} with {Indexes} indexes, scale {TimeScale}, seed {Seed}, faults {FaultPercent} %");
        Line("Lower bound", $"{LowerBoundSeconds:0} s (to the gate {LowerBoundToGateSeconds:0})");
        Line("Same order, no loss", $"{InOrderSeconds:0} s (to the gate {InOrderToGateSeconds:0})");
        Line("Makespan", $"{MakespanSeconds:0} s (to the gate {ToGateSeconds:0}), first step's begin to last copy's deletion");
        Line("Ratio", $"{Ratio:0.000} to the lower bound, {OverheadRatio:0.000} to the same order without loss");
        Line("Detection lag p95", $"{DetectionLagP95Seconds:0.0} s ({string.Join(", ", DetectionLagP95ByStep.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} {l.Value:0.0}")))})");
        Line("API calls a table", $"{ApiCallsPerTable:0.0} of {ApiCallsBudget:0.0}, and {PollsPerTable:0.0} polls; {RefusedCalls} refused or lost in all");
        Line("Memory", $"{PeakMemoryMB:0.0} MB at its peak, {MemoryOverIdleMB:0.0} MB over an idle process");
        Line("Wall", $"{WallSeconds:0} s of {TotalWallSeconds:0}, {WorkerCpuShare:0.00} processors busy with the restore");
        if (ByHand is { } hand)
        {
            Line("Guide by hand", $"{hand.ExtrapolatedSeconds:0} s, {hand.ExtrapolatedSeconds / MakespanSeconds:0.0} times as long ({hand.Note})");
        }

        foreach (var fault in NotProven)
        {
            Line("NOT PROVEN", $"{fault}");
        }

        void Line(string name, FormattableString text) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {text.ToString(CultureInfo.InvariantCulture)}"));
    }
}
