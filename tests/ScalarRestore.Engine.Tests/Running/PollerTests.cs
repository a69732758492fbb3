using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Running;

public sealed class PollerTests
{
    private readonly FastClock _clock = new();

    [Fact]
    public async Task It_probes_once_then_not_before_the_operation_can_be_over_then_steadily()
    {
        var probes = new List<double>();
        var began = _clock.GetUtcNow();
        var wait = new Poller(_clock, new Random(1)).UntilAsync(
            Plan(atLeast: TimeSpan.FromMinutes(20), timeout: TimeSpan.FromHours(1)),
            _ =>
            {
                probes.Add((_clock.GetUtcNow() - began).TotalSeconds);
                return Task.FromResult(new Observation<int>(probes.Count == 4, "CREATING", probes.Count));
            },
            report: null,
            CancellationToken.None);

        Assert.Equal(4, await wait);
        Assert.InRange(probes[0], 0, 0.1);
        Assert.InRange(probes[1], 1200, 1201);
        Assert.InRange(probes[2] - probes[1], 9, 13);
        Assert.InRange(probes[3] - probes[2], 9, 13);
    }

    [Fact]
    public async Task A_deadline_that_passes_names_what_was_last_seen_and_what_helps()
    {
        var wait = new Poller(_clock, new Random(1)).UntilAsync(
            Plan(atLeast: TimeSpan.Zero, timeout: TimeSpan.FromMinutes(1)),
            _ => Task.FromResult(new Observation<int>(Done: false, "STUCK", 0)),
            report: null,
            CancellationToken.None);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => wait);
        Assert.Equal("WaitTimedOut", fault.Id);
        Assert.Contains("STUCK", fault.Message, StringComparison.Ordinal);
        Assert.Equal("do this", fault.Mend);
        Assert.Equal("thing", fault.Target);
    }

    [Fact]
    public async Task A_long_sleep_has_a_heartbeat()
    {
        var beats = 0;
        var probes = 0;
        var wait = new Poller(_clock, new Random(1)).UntilAsync(
            Plan(atLeast: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromHours(1)),
            _ => Task.FromResult(new Observation<int>(++probes == 2, "CREATING", 0)),
            _ => beats++,
            CancellationToken.None);
        await wait;

        Assert.InRange(beats, 10, 13);
    }

    private static PollPlan Plan(TimeSpan atLeast, TimeSpan timeout) =>
        new() { What = "the thing", Target = "thing", Timeout = timeout, AtLeast = atLeast, NextAction = "do this" };
}
