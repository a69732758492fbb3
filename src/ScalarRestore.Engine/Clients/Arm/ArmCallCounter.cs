using System.Collections.Concurrent;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Counts the calls that were sent, by action.</summary>
internal sealed class ArmCallCounter
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All calls, retries included.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>The counts as they are now, in the order of the actions.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() => new SortedDictionary<string, long>(_counts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts one call.</summary>
    public void Count(ArmCall call) => _counts.AddOrUpdate(call.Action, 1, static (_, n) => n + 1);
}
