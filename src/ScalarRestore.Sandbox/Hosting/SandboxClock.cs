namespace ScalarRestore.Sandbox.Hosting;

/// <summary>
/// The sandbox's own time. It starts at the real time and runs <see cref="Scale"/> times as fast, so that a restore that takes
/// twenty minutes in the cloud can be walked through in seconds with every duration, lag and rate limit kept in proportion.
/// </summary>
internal sealed class SandboxClock(DateTimeOffset origin, double scale, TimeProvider real)
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset From, TimeSpan Span)> _skips = [];
    private long _skipped;

    /// <summary>The instant at which real and sandbox time were equal.</summary>
    public DateTimeOffset Origin { get; } = origin;

    /// <summary>The monotonic timestamp of <see cref="Origin"/>. All processes of a machine share the counter, so that clients that
    /// measure from it have the sandbox's time to the tick.</summary>
    public long OriginTimestamp { get; } = real.GetTimestamp();

    /// <summary>Sandbox seconds per real second.</summary>
    public double Scale { get; } = scale;

    /// <summary>The sandbox's present instant, UTC.</summary>
    public DateTimeOffset Now => Origin + (real.GetElapsedTime(OriginTimestamp) * Scale) + new TimeSpan(Interlocked.Read(ref _skipped));

    /// <summary>Lets a span of sandbox time pass at once. Clients that compute the time from the origin do not see it, and delays that run
    /// already go on.</summary>
    public void Advance(TimeSpan span)
    {
        lock (_lock)
        {
            _skips.Add((Now, span));
            Interlocked.Add(ref _skipped, span.Ticks);
        }
    }

    /// <summary>The real instant at which it was a sandbox instant; all of a span that was let pass at once is the real instant of that.</summary>
    public DateTimeOffset ToReal(DateTimeOffset instant)
    {
        lock (_lock)
        {
            var skipped = TimeSpan.Zero;
            foreach (var (from, span) in _skips)
            {
                if (instant <= from)
                    break;

                if (instant < from + span)
                {
                    instant = from;
                    break;
                }

                skipped += span;
            }

            // From the present back, since the clock that measures spans does not follow corrections of the real time.
            return RealNow - (real.GetElapsedTime(OriginTimestamp) - ((instant - skipped - Origin) / Scale));
        }
    }

    /// <summary>The real instant: only for what clients stamp with their own clock, such as request signatures.</summary>
    public DateTimeOffset RealNow => real.GetUtcNow();

    /// <summary>Waits for a span of sandbox time.</summary>
    public Task Delay(TimeSpan span, CancellationToken cancellationToken) =>
        span <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(span / Scale, real, cancellationToken);
}
