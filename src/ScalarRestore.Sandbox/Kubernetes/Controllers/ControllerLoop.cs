using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Runs the controllers, one after the other, whenever the store changed or one of them asked to be woken.</summary>
internal sealed class ControllerLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ObjectStore _store;
    private readonly IReadOnlyList<IController> _controllers;
    private readonly Func<double> _delaySeconds;
    private readonly Task _running;

    public ControllerLoop(ObjectStore store, IReadOnlyList<IController> controllers, Func<double> delaySeconds)
    {
        _store = store;
        _controllers = controllers;
        _delaySeconds = delaySeconds;
        _running = Task.Run(() => RunAsync(_stop.Token), _stop.Token);
    }

    /// <summary>Why the loop ended, if a controller failed: every later request is answered with it.</summary>
    public Exception? Failure => _running.Exception?.InnerException;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }

        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (changed, wake) = Step();
            using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var timer = wake is { } due ? _store.Clock.Delay(due - _store.Clock.Now, stopWaiting.Token) : Task.Delay(Timeout.Infinite, stopWaiting.Token);
            await Task.WhenAny(changed, timer);
            await stopWaiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();

            // Real controllers hear of a change a little later, and of many changes at once.
            await _store.Clock.Delay(TimeSpan.FromSeconds(_delaySeconds()), cancellationToken);
        }
    }

    private (Task Changed, DateTimeOffset? Wake) Step()
    {
        lock (_store.Gate)
        {
            var changed = _store.Changed;
            DateTimeOffset? wake = null;
            foreach (var controller in _controllers)
            {
                if (controller.Step(_store.Clock.Now) is { } due && (wake is null || due < wake))
                {
                    wake = due;
                }
            }

            return (changed, wake);
        }
    }
}
