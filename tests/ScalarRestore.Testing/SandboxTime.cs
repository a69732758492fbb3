using System.Diagnostics;

namespace ScalarRestore.Testing;

/// <summary>The sandbox's time as a client computes it: monotonic time since the origin, so many times as fast.</summary>
public sealed class SandboxTime
{
    private readonly SandboxControl _control;

    internal SandboxTime(long originUnixMs, long originTimestamp, double scale, SandboxControl control)
    {
        Origin = DateTimeOffset.FromUnixTimeMilliseconds(originUnixMs);
        OriginTimestamp = originTimestamp;
        Scale = scale;
        _control = control;
    }

    public DateTimeOffset Origin { get; }

    /// <summary>The machine's monotonic timestamp of <see cref="Origin"/>.</summary>
    public long OriginTimestamp { get; }

    /// <summary>Sandbox seconds per real second.</summary>
    public double Scale { get; }

    public DateTimeOffset Now => Origin + (Stopwatch.GetElapsedTime(OriginTimestamp) * Scale);

    /// <summary>Asks the sandbox itself, which is exact.</summary>
    public async Task<DateTimeOffset> AskAsync() =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)(await _control.GetAsync("time"))["unixMs"]!);

    /// <summary>Waits for a span of sandbox time.</summary>
    public Task Delay(TimeSpan span, CancellationToken cancellationToken = default) => Task.Delay(span / Scale, cancellationToken);

    /// <summary>
    /// Waits until the sandbox is at least one whole second further, and returns that second: what was written before is at or before it,
    /// what is written from now on is after it.
    /// </summary>
    public async Task<DateTimeOffset> NextSecondAsync()
    {
        var point = DateTimeOffset.FromUnixTimeSeconds((await AskAsync()).ToUnixTimeSeconds() + 1);
        for (var now = await AskAsync(); now <= point; now = await AskAsync())
            await Delay(point - now + TimeSpan.FromMilliseconds(2));

        return point;
    }
}
