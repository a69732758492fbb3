using Microsoft.Extensions.Time.Testing;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Running;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start.AddSeconds(10));

    // The counter of the fake clock is its time.
    private static readonly long StartTimestamp = Start.Ticks;

    [Fact]
    public void It_runs_as_many_times_as_fast_since_the_origin()
    {
        var clock = new ScaledTimeProvider(Start, 60, StartTimestamp, _real);
        Assert.Equal(Start.AddMinutes(10), clock.GetUtcNow());
        _real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Start.AddMinutes(15), clock.GetUtcNow());
    }

    [Fact]
    public void A_wall_clock_that_is_set_right_does_not_move_it()
    {
        var stepped = new SteppedTime();
        var clock = new ScaledTimeProvider(Start, 1000, originTimestamp: 0, stepped);
        stepped.Pass(TimeSpan.FromSeconds(2));
        var late = new ScaledTimeProvider(Start, 1000, originTimestamp: 0, stepped);
        Assert.Equal(Start.AddSeconds(2000), clock.GetUtcNow());
        Assert.Equal(clock.GetUtcNow(), late.GetUtcNow());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(600)]
    public void Timestamps_agree_with_the_time(double scale)
    {
        var clock = new ScaledTimeProvider(Start, scale, StartTimestamp, _real);
        var (time, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        _real.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal((clock.GetUtcNow() - time).TotalSeconds, clock.GetElapsedTime(stamp).TotalSeconds, 0.01 * scale);
    }

    [Fact]
    public async Task Waits_are_shorter_by_the_scale()
    {
        var clock = new ScaledTimeProvider(Start, 60, StartTimestamp, _real);
        var wait = Task.Delay(TimeSpan.FromMinutes(2), clock);
        _real.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(wait.IsCompleted);
        _real.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_wait_that_is_too_short_for_real_timers_still_is_one()
    {
        var clock = new ScaledTimeProvider(Start, 10_000, StartTimestamp, _real);
        var fired = false;
        using var timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
        Assert.False(fired);
        _real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Time_does_not_stand_still_or_run_back(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTimeProvider(Start, scale, StartTimestamp, _real));

    // While a span passes, the wall clock loses 16 ms.
    private sealed class SteppedTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Start + _passed - (_passed > TimeSpan.Zero ? TimeSpan.FromMilliseconds(16) : TimeSpan.Zero);

        public override long GetTimestamp() => _passed.Ticks;

        public void Pass(TimeSpan span) => _passed += span;
    }
}
