namespace ScalarRestore.Engine.Running;

/// <summary>
/// Waits for post-conditions: probes at once, sleeps until the operation can be over, then probes at a steady pace with jitter. Every wait
/// has a deadline, a heartbeat and a named next action. SDK waiters are not used, since they give up before real restores end.
/// </summary>
internal sealed class Poller(TimeProvider clock, Random random)
{
    /// <summary>How often a waiting step says that it lives while it is not worth probing.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    /// <summary>The engine's clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Probes until the observation is done.</summary>
    /// <param name="plan">How to wait.</param>
    /// <param name="probe">One look; transient faults are its own business.</param>
    /// <param name="report">Gets the status and the elapsed time after each probe and heartbeat.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RestoreException">The deadline has passed.</exception>
    public async Task<T> UntilAsync<T>(
        PollPlan plan,
        Func<CancellationToken, Task<Observation<T>>> probe,
        Action<string>? report,
        CancellationToken cancellationToken)
    {
        var began = Clock.GetUtcNow();
        var worthwhile = (plan.StartedAt ?? began) + plan.AtLeast;
        while (true)
        {
            var seen = await probe(cancellationToken).ConfigureAwait(false);
            report?.Invoke(seen.Status);
            if (seen.Done)
            {
                return seen.Value;
            }

            var now = Clock.GetUtcNow();
            if (now - began >= plan.Timeout)
            {
                throw new RestoreException(
                    "WaitTimedOut",
                    FaultCategory.OperationTimeout,
                    $"Gave up waiting for {plan.What} after {plan.Timeout}; last seen: {seen.Status}.",
                    plan.Target,
                    plan.NextAction);
            }

            await SleepAsync(now, worthwhile, plan.Interval, began + plan.Timeout, seen.Status, report, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a span of the engine's time.</summary>
    public Task DelayAsync(TimeSpan span, CancellationToken cancellationToken) => Task.Delay(span, Clock, cancellationToken);

    private async Task SleepAsync(
        DateTimeOffset now,
        DateTimeOffset worthwhile,
        TimeSpan interval,
        DateTimeOffset deadline,
        string status,
        Action<string>? report,
        CancellationToken cancellationToken)
    {
        var jittered = interval * (1 - (random.NextDouble() / 4));
        var until = Earlier(Later(now + jittered, worthwhile), deadline);
        while (now < until)
        {
            await DelayAsync(Earlier(until, now + Heartbeat) - now, cancellationToken).ConfigureAwait(false);
            now = Clock.GetUtcNow();
            if (now < until)
            {
                report?.Invoke(status);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
