using ScalarRestore.Benchmarks.Workers;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Databases.DynamoDb;
using ScalarRestore.Drill.Report;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>What was seen while a world was restored.</summary>
internal sealed record RestoreFigures
{
    public required RestoreRun Run { get; init; }

    public required WorkerFigures Worker { get; init; }

    public required TimeSpan Wall { get; init; }

    public required CallTally Calls { get; init; }

    public required IReadOnlyList<ServiceOperation> Operations { get; init; }

    /// <summary>The peak of a process that does nothing.</summary>
    public long IdleBytes { get; init; }

    /// <summary>Works out the figures.</summary>
    public MakespanResult ToResult(MakespanOptions options, IReadOnlyList<TableSpec> specs, IReadOnlyList<string> faults)
    {
        var began = Run.Steps.Min(step => step.StartedAt)!.Value;
        var tables = TableTimes.Read([.. Operations.Where(o => o.StartedAt >= began)], specs.Select(spec => spec.Name));
        double[] bounds = [LowerBound.Of([.. tables.Select(t => t.ToGate)]), LowerBound.Of([.. tables.Select(t => t.FromGate)])];
        double[] inOrder =
        [
            LowerBound.InOrder(tables.OrderBy(t => t.Copy.StartedAt).Select(t => t.ToGate)),
            LowerBound.InOrder(tables.OrderBy(t => t.Restore.StartedAt).Select(t => t.FromGate)),
        ];
        var lag = DetectionLag.Of(Run, tables);
        var gate = Run.Steps.First(step => step.Key == "gate").EndedAt!.Value;
        return new MakespanResult
        {
            Tables = specs.Count,
            Indexes = specs.Sum(spec => spec.Indexed.Count),
            TimeScale = options.TimeScale,
            Seed = options.Seed,
            FaultPercent = options.FaultPercent,
            MakespanSeconds = ObservedPath.Makespan(Run),
            ToGateSeconds = (gate - began).TotalSeconds,
            LowerBoundSeconds = bounds.Sum(),
            LowerBoundToGateSeconds = bounds[0],
            InOrderSeconds = inOrder.Sum(),
            InOrderToGateSeconds = inOrder[0],
            DetectionLagP95Seconds = lag.P95,
            DetectionLagP95ByStep = lag.ByVerb.ToDictionary(item => item.Verb, item => Math.Round(item.P95, 1), StringComparer.Ordinal),
            ApiCallsPerTable = (double)Calls.Calls / specs.Count,
            PollsPerTable = (double)Calls.Polls / specs.Count,
            RefusedCalls = Calls.Refused,
            CallsByOperation = Calls.ByOperation.ToDictionary(
                item => item.Operation, item => new[] { item.Calls, item.Polls }, StringComparer.Ordinal),
            PeakMemoryMB = Worker.PeakBytes / 1048576.0,
            IdleMemoryMB = IdleBytes / 1048576.0,
            WorkerCpuShare = Worker.CpuSeconds / Wall.TotalSeconds,
            WallSeconds = Wall.TotalSeconds,
            NotProven = faults,
        };
    }
}
