namespace ScalarRestore.Engine.Tests;

/// <summary>A clock on which every wait is over at once, and as much time has passed.</summary>
internal sealed class FastClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Called after each wait.</summary>
    public Action OnWaited { get; set; } = () => { };

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            // A wait of less than a millisecond sets no timer; time must go on all the same.
            return _now += TimeSpan.FromMicroseconds(100);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (dueTime > TimeSpan.Zero)
                _now += dueTime;
        }

        return System.CreateTimer(
            s =>
            {
                OnWaited();
                callback(s);
            },
            state,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }
}
