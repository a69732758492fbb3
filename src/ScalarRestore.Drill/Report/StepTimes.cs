using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Report;

/// <summary>From the first step's begin to the last one's end, of the steps of one database.</summary>
internal sealed record StepTimes(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>In the sandbox's seconds.</summary>
    public double Seconds => (End - Start).TotalSeconds;

    /// <summary>The times of a finished plan's steps, by what they are about.</summary>
    public static IReadOnlyDictionary<string, StepTimes> ByTarget(RestoreRun run)
    {
        var reports = run.Steps.ToDictionary(step => step.Key, StringComparer.Ordinal);
        return (run.Plan?.Steps ?? []).GroupBy(step => step.Target, StringComparer.Ordinal)
            .Where(group => group.Any(step => reports.GetValueOrDefault(step.Key) is { StartedAt: not null, EndedAt: not null }))
            .ToDictionary(group => group.Key, group => Of(group.Select(step => reports.GetValueOrDefault(step.Key)).OfType<StepReport>()), StringComparer.Ordinal);
    }

    /// <summary>The times of some of a finished plan's steps.</summary>
    public static StepTimes Of(RestoreRun run, IEnumerable<PlannedStep> steps)
    {
        var keys = steps.Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
        return Of(run.Steps.Where(step => keys.Contains(step.Key)));
    }

    /// <summary>A fault if databases were restored one after the other.</summary>
    public static IEnumerable<string> Apart(IReadOnlyList<StepTimes> databases)
    {
        if (databases.Count > 1 && databases.Max(one => one.Start) >= databases.Min(one => one.End))
        {
            yield return "the databases were not restored at the same time: one ended before another began";
        }
    }

    private static StepTimes Of(IEnumerable<StepReport> steps)
    {
        var ran = steps.Where(step => step is { StartedAt: not null, EndedAt: not null }).ToList();
        return new StepTimes(ran.Min(step => step.StartedAt!.Value), ran.Max(step => step.EndedAt!.Value));
    }
}
