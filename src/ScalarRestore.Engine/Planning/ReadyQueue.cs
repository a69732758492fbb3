using System.Diagnostics.CodeAnalysis;

namespace ScalarRestore.Engine.Planning;

/// <summary>
/// Steps that may go, longest chain first, within each service limit. A limit's steps wait among themselves, so that a full service
/// never holds up the steps of another.
/// </summary>
/// <param name="graph">The steps.</param>
/// <param name="limits">How many may go at the same time, by limit.</param>
/// <param name="took">How long a step took that is done; null if it is not.</param>
internal sealed class ReadyQueue(PlanGraph graph, IReadOnlyDictionary<string, int> limits, Func<string, TimeSpan?> took)
{
    /// <summary>How far it is from the first step behind a gate to the long one: backup, deletion, restore.</summary>
    private const int StepsAhead = 2;

    private readonly Dictionary<string, PriorityQueue<PlannedStep, (TimeSpan Chain, int Order)>> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inUse = new(StringComparer.Ordinal);
    private int _order;

    /// <summary>Puts a step in whose dependencies are all done.</summary>
    public void Add(PlannedStep step)
    {
        var limit = step.Limit ?? "";
        if (!_queues.TryGetValue(limit, out var queue))
        {
            _queues[limit] = queue = new PriorityQueue<PlannedStep, (TimeSpan, int)>();
        }

        queue.Enqueue(step, (-Chain(step), _order++));
    }

    /// <summary>Takes the step with the longest chain among those whose limit has room.</summary>
    public bool TryTake([NotNullWhen(true)] out PlannedStep? step)
    {
        string? best = null;
        (TimeSpan Chain, int Order) bestRank = default;
        foreach (var (limit, queue) in _queues)
        {
            if (HasRoom(limit) && queue.TryPeek(out _, out var rank) && (best is null || rank.CompareTo(bestRank) < 0))
            {
                (best, bestRank) = (limit, rank);
            }
        }

        if (best is null)
        {
            step = null;
            return false;
        }

        step = _queues[best].Dequeue();
        _inUse[best] = _inUse.GetValueOrDefault(best) + 1;
        return true;
    }

    /// <summary>Gives the room of a step that was taken back.</summary>
    public void Release(PlannedStep step) => _inUse[step.Limit ?? ""]--;

    private TimeSpan Chain(PlannedStep step) => graph.RemainingFrom(step.Key) + (Correction(step, StepsAhead) ?? TimeSpan.Zero);

    // A step that a like one went before takes what that took, more likely than what was planned; and what clears the way for a long step goes
    // before what clears it for a short one.
    private TimeSpan? Correction(PlannedStep step, int ahead)
    {
        if (step.Like is { } like && took(like) is { } known)
        {
            return known - step.Estimate;
        }

        return ahead == 0 ? null : graph.DependentsOf(step.Key).Select(key => Correction(graph[key], ahead - 1)).Max();
    }

    private bool HasRoom(string limit) =>
        !limits.TryGetValue(limit, out var most) || _inUse.GetValueOrDefault(limit) < most;
}
