using System.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// Sends calls: within the rates, counted, and again with full jitter after throttling, outages and lost answers, for as long as patience
/// lasts.
/// </summary>
internal sealed class AwsCalls(
    TimeProvider clock,
    AwsRates rates,
    AwsCallCounter counter,
    IAwsCallObserver? observer,
    Random random,
    ServiceMode mode)
{
    private readonly RetryPatience _patience = new(clock, random, mode);

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
            var sent = Stopwatch.GetTimestamp();
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
                if (!again || _patience.IsOver(began, sent, attempt, fault.Id == AwsFaults.Unreachable))
                {
                    throw fault;
                }
            }

            await Task.Delay(_patience.Backoff(attempt), clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
