namespace ScalarRestore.Engine.Running;

/// <summary>
/// A clock that shares an origin with real time and runs faster by a constant factor, so that a drill can walk through hours of service
/// time in seconds. It must be given the origin and the scale of the sandbox that it talks to. Time is measured from the origin by the
/// machine's monotonic counter, which all its processes share: at a scale of 1000 a wall clock that is set right by 16 ms would be 16
/// seconds between two processes.
/// </summary>
internal sealed class ScaledTimeProvider : TimeProvider
{
    private readonly DateTimeOffset _origin;
    private readonly double _scale;
    private readonly TimeProvider _real;
    private readonly long _originTimestamp;

    /// <summary>
    /// Makes a clock that is at <paramref name="origin"/> when <paramref name="real"/> is at <paramref name="originTimestamp"/>, and runs
    /// <paramref name="scale"/> times as fast.
    /// </summary>
    public ScaledTimeProvider(DateTimeOffset origin, double scale, long originTimestamp, TimeProvider? real = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        _origin = origin;
        _scale = scale;
        _real = real ?? System;
        _originTimestamp = originTimestamp;
    }

    /// <summary>Timestamps tick as the real ones do; a second has fewer of them.</summary>
    public override long TimestampFrequency => Math.Max(1, (long)Math.Round(_real.TimestampFrequency / _scale));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _origin + (_real.GetElapsedTime(_originTimestamp) * _scale);

    /// <inheritdoc/>
    public override long GetTimestamp() => _real.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(_real.CreateTimer(callback, state, Shrink(dueTime), Shrink(period)), this);

    /// <summary>Real timers count whole milliseconds; rounding up keeps a short wait from becoming none.</summary>
    private TimeSpan Shrink(TimeSpan span) =>
        span <= TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / _scale));

    private sealed class ScaledTimer(ITimer inner, ScaledTimeProvider owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(owner.Shrink(dueTime), owner.Shrink(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
