namespace ScalarRestore.Engine.Planning;

/// <summary>
/// The steps of a plan as a graph: who waits for whom, in which order they may go, and how long the chain behind each of them is.
/// </summary>
internal sealed class PlanGraph
{
    private readonly Dictionary<string, PlannedStep> _steps;
    private readonly Dictionary<string, List<string>> _dependents;
    private readonly Dictionary<string, TimeSpan> _remaining;

    /// <summary>Builds the graph.</summary>
    /// <exception cref="ArgumentException">The graph has faults; all of them are listed.</exception>
    public PlanGraph(IEnumerable<PlannedStep> steps)
    {
        var list = steps.ToList();
        var faults = PlanValidator.Validate(list);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"The plan is not a graph that can be run: {string.Join("; ", faults)}.", nameof(steps));
        }

        _steps = list.ToDictionary(step => step.Key, StringComparer.Ordinal);
        _dependents = _steps.Keys.ToDictionary(key => key, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var step in list)
        {
            foreach (var dependency in step.DependsOn.Distinct(StringComparer.Ordinal))
            {
                _dependents[dependency].Add(step.Key);
            }
        }

        Ordered = Sort(list);
        _remaining = new Dictionary<string, TimeSpan>(_steps.Count, StringComparer.Ordinal);
        foreach (var step in Ordered.Reverse())
        {
            var after = _dependents[step.Key].Select(key => _remaining[key]).DefaultIfEmpty(TimeSpan.Zero).Max();
            _remaining[step.Key] = step.Estimate + after;
        }
    }

    /// <summary>The steps, each after all that it depends on; among equals in the order given.</summary>
    public IReadOnlyList<PlannedStep> Ordered { get; }

    /// <summary>The longest chain of estimates: with all the hands in the world it would take this long.</summary>
    public TimeSpan CriticalPath => _remaining.Values.DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>The step of this key.</summary>
    public PlannedStep this[string key] => _steps[key];

    /// <summary>The keys of the steps that wait for this one.</summary>
    public IReadOnlyList<string> DependentsOf(string key) => _dependents[key];

    /// <summary>The longest chain that begins with this step: what goes first when not all can go.</summary>
    public TimeSpan RemainingFrom(string key) => _remaining[key];

    private List<PlannedStep> Sort(List<PlannedStep> steps)
    {
        var waitingFor = steps.ToDictionary(
            step => step.Key,
            step => step.DependsOn.Distinct(StringComparer.Ordinal).Count(),
            StringComparer.Ordinal);
        var ready = new Queue<PlannedStep>(steps.Where(step => waitingFor[step.Key] == 0));
        var sorted = new List<PlannedStep>(steps.Count);
        while (ready.TryDequeue(out var step))
        {
            sorted.Add(step);
            foreach (var dependent in _dependents[step.Key])
            {
                if (--waitingFor[dependent] == 0)
                {
                    ready.Enqueue(_steps[dependent]);
                }
            }
        }

        return sorted;
    }
}
