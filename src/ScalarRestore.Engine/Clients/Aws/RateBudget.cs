namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// Spreads calls over time so that they stay below a service's rate. Every caller gets the next free slot; two calls may come at once.
/// </summary>
internal sealed class RateBudget(TimeProvider clock, double perSecond)
{
    private const int Burst = 2;
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
    private readonly object _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for the caller's slot.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var wait = Reserve();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Reserve()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var slot = _next > now ? _next : now;
            _next = slot + _interval;
            return slot - (_interval * (Burst - 1)) - now;
        }
    }
}
