namespace ScalarRestore.Engine.Planning;

/// <summary>Finds every fault of a set of steps at once.</summary>
internal static class PlanValidator
{
    /// <summary>The faults, in words; empty for a graph that can be run.</summary>
    public static IReadOnlyList<string> Validate(IReadOnlyList<PlannedStep> steps)
    {
        var faults = new List<string>();
        var known = new Dictionary<string, PlannedStep>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (!known.TryAdd(step.Key, step))
            {
                faults.Add($"two steps have the key '{step.Key}'");
            }

            if (step.Estimate < TimeSpan.Zero)
            {
                faults.Add($"step '{step.Key}' has a negative estimate");
            }
        }

        foreach (var step in steps)
        {
            faults.AddRange(step.DependsOn
                .Where(dependency => !known.ContainsKey(dependency))
                .Select(dependency => $"step '{step.Key}' depends on '{dependency}', which is not in the plan"));
        }

        if (faults.Count == 0 && FindCycle(steps, known) is { } cycle)
        {
            faults.Add($"the steps {string.Join(" → ", cycle)} wait for each other");
        }

        return faults;
    }

    private static List<string>? FindCycle(IReadOnlyList<PlannedStep> steps, Dictionary<string, PlannedStep> known)
    {
        // Depth first with a stack of its own: plans can be thousands of steps deep.
        var done = new HashSet<string>(StringComparer.Ordinal);
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        var stack = new Stack<(string Key, int Next)>();
        foreach (var root in steps)
        {
            stack.Push((root.Key, 0));
            while (stack.TryPop(out var frame))
            {
                if (frame.Next == 0)
                {
                    if (done.Contains(frame.Key))
                    {
                        continue;
                    }

                    if (!onPath.Add(frame.Key))
                    {
                        return [.. path[path.IndexOf(frame.Key)..], frame.Key];
                    }

                    path.Add(frame.Key);
                }

                var dependencies = known[frame.Key].DependsOn;
                if (frame.Next < dependencies.Count)
                {
                    stack.Push((frame.Key, frame.Next + 1));
                    stack.Push((dependencies[frame.Next], 0));
                }
                else
                {
                    onPath.Remove(frame.Key);
                    path.RemoveAt(path.Count - 1);
                    done.Add(frame.Key);
                }
            }
        }

        return null;
    }
}
