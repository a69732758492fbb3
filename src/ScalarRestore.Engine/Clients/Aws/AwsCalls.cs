using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// Sends calls: within the rates, counted, and again with full jitter after throttling, outages and lost answers, for as long as patience
/// lasts. The SDK's own retries are off, because they know neither the engine's clock nor which calls must not be sent twice.
/// </summary>
internal sealed class AwsCalls(
    TimeProvider clock,
    AwsRates rates,
    AwsCallCounter counter,
    IAwsCallObserver? observer,
    Random random,
    ServiceMode mode)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RunsPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PlansPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PlansPatienceWithSilence = TimeSpan.FromSeconds(30);

    /// <summary>Sends one call until it is answered.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    /// <exception cref="RestoreException">It was refused, or was not answered for as long as patience lasts.</exception>
    public async Task<T> SendAsync<T>(AwsCall call, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        for (var attempt = 0; ; attempt++)
        {
            await rates.TakeAsync(call, cancellationToken).ConfigureAwait(false);
            try
            {
                counter.Count(call);
                observer?.Sending(call);
                var answer = await send(cancellationToken).ConfigureAwait(false);
                observer?.Answered(call);
                return answer;
            }
            catch (Exception exception) when (AwsFaults.Knows(exception, cancellationToken))
            {
                var fault = AwsFaults.From(exception, call);
                var again = fault.Retryable && !(call.Once && fault.Id == AwsFaults.Unreachable);
                if (!again || clock.GetUtcNow() - began >= Patience(fault))
                {
                    throw fault;
                }
            }

            await Task.Delay(Backoff(attempt), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // A person waits for a plan, and silence mostly means a wrong address; a run of an hour must outlive an outage of minutes.
    private TimeSpan Patience(RestoreException fault)
    {
        if (mode == ServiceMode.ReadWrite)
            return RunsPatience;
        return fault.Id == AwsFaults.Unreachable ? PlansPatienceWithSilence : PlansPatience;
    }

    private TimeSpan Backoff(int attempt)
    {
        var most = FirstBackoff * Math.Pow(2, Math.Min(attempt, 10));
        return (most < LongestBackoff ? most : LongestBackoff) * random.NextDouble();
    }
}
