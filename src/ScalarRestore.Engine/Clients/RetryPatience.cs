using System.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients;

/// <summary>
/// How long calls to a cloud are sent again, and after which pauses. The SDKs' own retries are off, because they know neither the engine's
/// clock nor which calls must not be sent twice.
/// </summary>
internal sealed class RetryPatience(TimeProvider clock, Random random, ServiceMode mode)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(20);

    // The network keeps the machine's time: where the engine's clock runs fast, one lost connection alone would use up all patience.
    private const int LeastAttempts = 4;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Runs = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Plans = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PlansWithSilence = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is no patience left for another attempt.</summary>
    /// <param name="began">When the first attempt began, by the engine's clock.</param>
    /// <param name="sent">When this one was sent, as <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="attempt">Which one it was, from 0 on.</param>
    /// <param name="isSilent">Whether nobody answered. A person waits for a plan, and silence mostly means a wrong address; a run of an hour must outlive an outage of minutes.</param>
    public bool IsOver(DateTimeOffset began, long sent, int attempt, bool isSilent)
    {
        var isEarly = attempt + 1 < LeastAttempts && Stopwatch.GetElapsedTime(sent) < Quick;
        var patience = mode == ServiceMode.ReadWrite ? Runs : isSilent ? PlansWithSilence : Plans;
        return !isEarly && clock.GetUtcNow() - began >= patience;
    }

    /// <summary>The pause before the next attempt, with full jitter.</summary>
    /// <param name="attempt">Which one has failed, from 0 on.</param>
    public TimeSpan Backoff(int attempt)
    {
        var most = FirstBackoff * Math.Pow(2, Math.Min(attempt, 10));
        return (most < LongestBackoff ? most : LongestBackoff) * random.NextDouble();
    }
}
