using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>Sandbox time and the real time behind it.</summary>
public sealed class ClockTests
{
    [Fact]
    public void Finds_the_real_instant_of_a_sandbox_instant()
    {
        var real = new HandTime();
        var clock = new SandboxClock(real.GetUtcNow(), 100, real);
        var begin = clock.Origin;
        real.Pass(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(50));
        real.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(begin.AddSeconds(250), clock.Now);
        Assert.Equal(begin.AddSeconds(0.5), clock.ToReal(begin.AddSeconds(50)));
        Assert.Equal(begin.AddSeconds(1), clock.ToReal(begin.AddSeconds(120)));
        Assert.Equal(begin.AddSeconds(1.5), clock.ToReal(begin.AddSeconds(200)));
        Assert.Equal(begin.AddMicroseconds(1_500_000 + 10), clock.ToReal(begin.AddSeconds(200).AddMilliseconds(1)));
    }

    private sealed class HandTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(60);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public void Pass(TimeSpan span) => _now += span;
    }
}
