namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>
/// What no schedule of the gated plan could beat, even one that knew every service time beforehand.
/// <para>
/// The gate cuts the plan in two: nothing is deleted before every copy is backed up, so that the bound is the sum of the bounds of both sides.
/// On each side every table is a chain of what the service itself takes: before the gate <c>restore to the point + indexes + 60 s + backup</c>
/// (a backup is only sure to hold what was there a minute earlier), behind it <c>safety backup where the plan
/// has it there + deletion + release of the name + restore of the backup +
/// settings + deletion of the copy</c>, where settings are the longer of switching recovery on and of the updates, which go one after the
/// other. One side takes at least the longest of
/// </para>
/// <list type="number">
/// <item>the longest chain;</item>
/// <item>the k-th restore call, which the rate of 10 a second lets through no earlier than <c>(k - 10) / 10 s</c>, with the k-th longest rest
/// behind it: giving the longest the first calls is the best that can be done;</item>
/// <item>shortest head + sum of all restores / 50 places + shortest tail;</item>
/// <item>shortest head + the <c>m + 1</c> shortest of the <c>50 m + 1</c> longest restores + shortest tail, for every m: so many restores on 50
/// places put <c>m + 1</c> of them into one.</item>
/// </list>
/// The other rates (DescribeContinuousBackups 10/s, TagResource 5/s) never bind by themselves: their calls can be made while restores run. Calls
/// are taken to need no time, reading items neither.
/// </summary>
internal static class LowerBound
{
    /// <summary>Restores that run at the same time in an account and region.</summary>
    public const int Places = 50;

    private const double RestoreCallsPerSecond = 10;

    /// <summary>The bound of one side of the gate.</summary>
    public static double Of(IReadOnlyList<Chain> chains)
    {
        var (head, tail) = (chains.Min(c => c.Head), chains.Min(c => c.Tail));
        return new[]
        {
            chains.Max(c => c.Total),
            head + Calls(chains),
            head + (chains.Sum(c => c.Restore) / Places) + tail,
            head + Pigeonholes(chains) + tail,
        }.Max();
    }

    /// <summary>
    /// The same side without any delay but with the order in which the restores were really begun: what a scheduler reaches that loses no
    /// second, but cannot know how long a restore will take. The difference to <see cref="Of"/> is the price of not knowing.
    /// </summary>
    /// <param name="chains">The chains in the order of their restores' begin.</param>
    public static double InOrder(IEnumerable<Chain> chains)
    {
        var places = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), Places));
        var end = 0.0;
        foreach (var chain in chains)
        {
            var free = Math.Max(places.Dequeue(), chain.Head) + chain.Restore;
            places.Enqueue(free, free);
            end = Math.Max(end, free + chain.Tail);
        }

        return end;
    }

    private static double Calls(IReadOnlyList<Chain> chains) =>
        chains.Select(c => c.Restore + c.Tail).OrderDescending()
            .Select((rest, k) => rest + (Math.Max(0, k + 1 - RestoreCallsPerSecond) / RestoreCallsPerSecond)).Max();

    private static double Pigeonholes(IReadOnlyList<Chain> chains)
    {
        var longest = chains.Select(c => c.Restore).OrderDescending().ToArray();
        var bound = 0.0;
        for (var m = 1; (m * Places) < longest.Length; m++)
        {
            bound = Math.Max(bound, longest[((m * Places) - m)..((m * Places) + 1)].Sum());
        }

        return bound;
    }
}
