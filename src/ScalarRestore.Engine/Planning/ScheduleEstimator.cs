namespace ScalarRestore.Engine.Planning;

/// <summary>Walks a plan in the order the runner would, with the estimates as durations: what the plan will take under its limits.</summary>
internal static class ScheduleEstimator
{
    /// <summary>The makespan of longest-first scheduling under the limits.</summary>
    public static TimeSpan Makespan(PlanGraph graph, IReadOnlyDictionary<string, int> limits)
    {
        var waitingFor = graph.Ordered.ToDictionary(
            step => step.Key, step => step.DependsOn.Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
        var ready = new ReadyQueue(graph, limits, took: _ => null);
        foreach (var step in graph.Ordered.Where(step => waitingFor[step.Key] == 0))
        {
            ready.Add(step);
        }

        var running = new PriorityQueue<PlannedStep, TimeSpan>();
        var now = TimeSpan.Zero;
        while (true)
        {
            while (ready.TryTake(out var step))
            {
                running.Enqueue(step, now + step.Estimate);
            }

            if (!running.TryDequeue(out var ended, out var at))
            {
                return now;
            }

            now = at;
            ready.Release(ended);
            foreach (var dependent in graph.DependentsOf(ended.Key))
            {
                if (--waitingFor[dependent] == 0)
                {
                    ready.Add(graph[dependent]);
                }
            }
        }
    }
}
