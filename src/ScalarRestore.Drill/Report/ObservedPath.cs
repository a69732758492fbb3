using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Report;

/// <summary>The longest chain through a finished plan, with the durations that were met: no schedule could have been shorter.</summary>
internal static class ObservedPath
{
    /// <summary>The critical path in seconds.</summary>
    public static double Seconds(RestoreRun run) => Seconds(run, run.Plan!.Steps);

    /// <summary>The same for each kind of database by itself.</summary>
    public static IReadOnlyDictionary<string, KindPath> ByKind(RestoreRun run)
    {
        var kinds = run.Plan!.Steps.GroupBy(Kind, StringComparer.Ordinal).Where(group => group.Key != GateKind);
        return kinds.ToDictionary(
            group => group.Key,
            group => new KindPath(Seconds(run, [.. run.Plan.Steps.Where(step => Kind(step) == group.Key || Kind(step) == GateKind)]), StepTimes.Of(run, group)),
            StringComparer.Ordinal);
    }

    private const string GateKind = "gate";

    // As in dynamodb.copy.
    private static string Kind(PlannedStep step) => step.Kind.Split('.')[0];

    private static double Seconds(RestoreRun run, IEnumerable<PlannedStep> steps)
    {
        var took = run.Steps.ToDictionary(
            step => step.Key, step => step.EndedAt is { } end && step.StartedAt is { } start ? (end - start).TotalSeconds : 0, StringComparer.Ordinal);
        var finish = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            finish[step.Key] = took[step.Key] + step.DependsOn.Select(key => finish.GetValueOrDefault(key)).DefaultIfEmpty(0).Max();
        }

        return finish.Values.DefaultIfEmpty(0).Max();
    }

    /// <summary>From the first step's begin to the last step's end, in seconds.</summary>
    public static double Makespan(RestoreRun run) =>
        (run.Steps.Max(step => step.EndedAt ?? run.OpenedAt) - run.Steps.Min(step => step.StartedAt ?? run.OpenedAt)).TotalSeconds;
}
