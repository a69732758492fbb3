using System.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// Sends calls: counted, when the service says so later, and again with full jitter after throttling, outages and lost answers, for as long
/// as patience lasts. The SDK's own retries are off, because they know neither the engine's clock nor which calls must not be sent twice.
/// </summary>
internal sealed class ArmCalls(
    TimeProvider clock,
    ArmCallCounter counter,
    IArmCallObserver? observer,
    Random random,
    ServiceMode mode)
{
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    private readonly RetryPatience _patience = new(clock, random, mode);
    private readonly object _gate = new();
    private DateTimeOffset _openAt = DateTimeOffset.MinValue;

    /// <summary>Sends one call until it is answered.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="accepted">Statuses that are answers although they are no success.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    /// <exception cref="RestoreException">It was refused, or was not answered for as long as patience lasts.</exception>
    public async Task<ArmAnswer> SendAsync(
        ArmCall call, Func<CancellationToken, Task<ArmAnswer>> send, IReadOnlyCollection<int> accepted, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            var sent = Stopwatch.GetTimestamp();
            RestoreException fault;
            var (asked, wasSent) = (TimeSpan.Zero, true);
            try
            {
                counter.Count(call);
                observer?.Sending(call);
                var answer = await send(cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccess || accepted.Contains(answer.Status))
                {
                    observer?.Answered(call);
                    return answer;
                }

                fault = ArmFaults.From(answer, call);
                asked = Asked(answer, fault);
            }
            catch (Exception exception) when (ArmFaults.Knows(exception, cancellationToken))
            {
                // A sign-in that was stopped is reported as one that failed.
                cancellationToken.ThrowIfCancellationRequested();
                fault = ArmFaults.From(exception, call);
                wasSent = !ArmFaults.IsNeverSent(exception);
            }

            if (!MaySendAgain(call, fault, wasSent) || _patience.IsOver(began, sent, attempt, fault.Id == ArmFaults.Unreachable))
            {
                throw fault;
            }

            var backoff = _patience.Backoff(attempt);
            await Task.Delay(backoff > asked ? backoff : asked, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool MaySendAgain(ArmCall call, RestoreException fault, bool wasSent) => fault.Retryable && fault.Id switch
    {
        ArmFaults.Unreachable => !call.Once || !wasSent,
        ArmFaults.Busy => call.WaitsForLock,
        _ => true,
    };

    // Who is throttled holds back all of his calls: they draw on the same quota.
    private TimeSpan Asked(ArmAnswer answer, RestoreException fault)
    {
        var asked = answer.RetryAfter ?? TimeSpan.Zero;
        asked = asked < LongestAsked ? asked : LongestAsked;
        if (fault.Id == ArmFaults.Throttled && asked > TimeSpan.Zero)
        {
            lock (_gate)
            {
                var openAt = clock.GetUtcNow() + asked;
                _openAt = openAt > _openAt ? openAt : _openAt;
            }
        }

        return asked;
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            wait = _openAt - clock.GetUtcNow();
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
    }
}
