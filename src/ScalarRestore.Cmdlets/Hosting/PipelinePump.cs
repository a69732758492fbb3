using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>
/// Lets a call run on the thread pool while the pipeline thread does what the call posts, and does not leave before the call has
/// settled: on <c>-ErrorAction Stop</c>, Ctrl-C and a stopped pipeline alike, its clean-up has ended (and the journal is closed) when the
/// cmdlet returns. Only a clean-up that outlasts the grace is left behind, since the session would hang otherwise.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastChance = TimeSpan.FromMilliseconds(200);

    private readonly BlockingCollection<PumpRequest> _queue = [];
    private readonly CancellationTokenSource _cancel;
    private readonly Timer _graceTimer;
    private readonly CancellationToken _stopRequested;
    private ExceptionDispatchInfo? _stop;
    private volatile bool _graceOver;

    /// <summary>Makes a pump for one call.</summary>
    /// <param name="stopRequested">Cancelled when the pipeline is being stopped.</param>
    public PipelinePump(CancellationToken stopRequested)
    {
        _stopRequested = stopRequested;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopRequested);
        _graceTimer = new Timer(_ => EndGrace(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Posts something that nobody waits for. Dropped after the pump has closed.</summary>
    public void Post(Action action) => TryAdd(new PumpRequest(action, static () => { }));

    /// <summary>Asks something on the pipeline thread.</summary>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        // Asynchronous continuations: otherwise the engine would go on working on the pipeline thread.
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration gaveUp = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        if (!TryAdd(new PumpRequest(() => answer.TrySetResult(question()), () => answer.TrySetCanceled(CancellationToken.None))))
            answer.TrySetCanceled(CancellationToken.None);
        return await answer.Task;
    }

    /// <summary>Runs a call to its end and serves it meanwhile. To be called on the pipeline thread.</summary>
    public T Drive<T>(Func<CancellationToken, Task<T>> call)
    {
        using CancellationTokenRegistration graceBegins = _cancel.Token.Register(() => _graceTimer.Change(Grace, Timeout.InfiniteTimeSpan));
        Task<T> worker = Task.Run(
            async () =>
            {
                try
                {
                    return await call(_cancel.Token);
                }
                finally
                {
                    _queue.CompleteAdding();
                }
            },
            CancellationToken.None);

        // No token here: what is queued is always answered, to the end.
        foreach (PumpRequest request in _queue.GetConsumingEnumerable(CancellationToken.None))
            Serve(request);

        WaitHandle ended = ((IAsyncResult)worker).AsyncWaitHandle;
        bool settled = _graceOver ? ended.WaitOne(LastChance) : ended.WaitOne();
        _ = worker.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

        // PowerShell's own flow exceptions go on unchanged.
        _stop?.Throw();
        if (!settled || _stopRequested.IsCancellationRequested)
            throw new PipelineStoppedException();

        return worker.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _graceTimer.Dispose();
        _cancel.Dispose();
        _queue.Dispose();
    }

    private void Serve(PumpRequest request)
    {
        if (_stop is not null)
        {
            request.Cancel();
            return;
        }

        try
        {
            request.Run();
        }
        catch (Exception e)
        {
            // -WarningAction Stop, a prompt that cannot be shown, a pipeline that is being stopped: the call has to end, orderly.
            _stop = ExceptionDispatchInfo.Capture(e);
            _ = _cancel.CancelAsync();
            request.Cancel();
        }
    }

    private bool TryAdd(PumpRequest request)
    {
        try
        {
            _queue.Add(request, CancellationToken.None);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Closed (or disposed, which derives from it): the call was left behind.
            return false;
        }
    }

    private void EndGrace()
    {
        _graceOver = true;
        try
        {
            _queue.CompleteAdding();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in this very moment.
            return;
        }
    }
}
