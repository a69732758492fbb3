using System.Collections.Concurrent;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScalarRestore.Engine.Yaml;

/// <summary>
/// Parses a long text on a thread of its own, some events ahead of whoever reads them: scanning takes more than half of the time, and so the
/// rest goes on beside it. Gives the same events, and the same fault at the same event, as the parser alone.
/// </summary>
internal sealed class AheadParser : IParser, IDisposable
{
    /// <summary>Small, so that few events are alive when the garbage collector looks.</summary>
    private const int EventsAtOnce = 512;

    private const int MostAhead = 4;

    private readonly BlockingCollection<ParsingEvent[]> _batches = new(MostAhead);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _parsing;
    private ParsingEvent[] _batch = [];
    private int _next;

    /// <summary>Begins to parse.</summary>
    /// <param name="parser">What parses.</param>
    public AheadParser(IParser parser) =>
        _parsing = Task.Factory.StartNew(() => Parse(parser), _stopped.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc/>
    public ParsingEvent? Current { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="YamlException">The text is no YAML behind the event before.</exception>
    public bool MoveNext()
    {
        if (_next == _batch.Length)
        {
            if (!_batches.TryTake(out var batch, Timeout.Infinite, _stopped.Token))
            {
                Current = null;
                _parsing.GetAwaiter().GetResult();
                return false;
            }

            (_batch, _next) = (batch, 0);
        }

        Current = _batch[_next++];
        return true;
    }

    /// <summary>Stops to parse: nothing behind the last event that was read is looked at.</summary>
    public void Dispose()
    {
        _stopped.Cancel();
        ((IAsyncResult)_parsing).AsyncWaitHandle.WaitOne();

        // A fault behind the last event that was read is nobody's.
        _ = _parsing.Exception;
        _batches.Dispose();
        _stopped.Dispose();
    }

    private void Parse(IParser parser)
    {
        var batch = new List<ParsingEvent>(EventsAtOnce);
        try
        {
            while (!_stopped.IsCancellationRequested && parser.MoveNext())
            {
                batch.Add(parser.Current!);
                if (batch.Count < EventsAtOnce)
                    continue;

                _batches.Add([.. batch], _stopped.Token);
                batch.Clear();
            }
        }
        finally
        {
            // What was parsed before a fault is read first.
            if (batch.Count > 0 && !_stopped.IsCancellationRequested)
                _batches.Add([.. batch], _stopped.Token);

            _batches.CompleteAdding();
        }
    }
}
