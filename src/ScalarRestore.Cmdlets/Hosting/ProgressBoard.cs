using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>
/// Progress bars: one for the run, one below it for each of up to six activities. Writing them costs the pipeline thread time (a
/// terminal is asked for its cursor), and bars that are never completed slow a session down, so news is gathered and shown at most four
/// times a second, the last news always, and every bar is completed.
/// </summary>
internal sealed class ProgressBoard : IProgressSink
{
    private const int MostChildren = 6;
    private const int IdsPerBoard = MostChildren + 1;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static int s_boards;

    private readonly object _lock = new();
    private readonly Action<ProgressRecord> _write;
    private readonly Action<Action> _post;
    private readonly Timer _timer;
    private readonly int _rootId;
    private readonly Dictionary<string, ProgressUpdate> _news = [];
    private readonly Dictionary<string, int> _shown = [];
    private readonly Dictionary<string, ProgressUpdate> _waiting = [];
    private readonly Stack<int> _freeIds = new();
    private ProgressUpdate? _root;
    private long _nextAt;
    private bool _scheduled;

    /// <summary>Makes an empty board.</summary>
    /// <param name="write">Writes a record; called on the pipeline thread only.</param>
    /// <param name="post">Brings an action to the pipeline thread.</param>
    public ProgressBoard(Action<ProgressRecord> write, Action<Action> post)
    {
        _write = write;
        _post = post;
        _timer = new Timer(_ => _post(Flush), null, Timeout.Infinite, Timeout.Infinite);
        _rootId = Interlocked.Increment(ref s_boards) * IdsPerBoard;
        for (int i = MostChildren; i >= 1; i--)
            _freeIds.Push(_rootId + i);
    }

    /// <inheritdoc/>
    public void Update(ProgressUpdate update)
    {
        lock (_lock)
        {
            _news[update.Activity] = update;
            if (_scheduled)
                return;
            _scheduled = true;
            long wait = _nextAt - Environment.TickCount64;
            if (wait > 0)
            {
                _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _post(Flush);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Flush();
        foreach ((string activity, int id) in _shown)
            _write(Record(id, _rootId, new ProgressUpdate { Activity = activity, Status = "ended", Completed = true }));
        if (_root is { Completed: false } root)
            _write(Record(_rootId, -1, root with { Completed = true }));
        _shown.Clear();
        _root = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Flush()
    {
        ProgressUpdate[] news;
        lock (_lock)
        {
            news = [.. _news.Values];
            _news.Clear();
            _scheduled = false;
            _nextAt = Environment.TickCount64 + (long)Interval.TotalMilliseconds;
        }

        if (news.Length == 0)
            return;
        foreach (ProgressUpdate update in news)
        {
            if (update.Parent is null)
                _root = update;
            else
                Place(update);
        }

        ShowWaiting();
        ShowRoot(news);
    }

    private void Place(ProgressUpdate update)
    {
        if (_shown.TryGetValue(update.Activity, out int id))
        {
            _write(Record(id, _rootId, update));
            if (!update.Completed)
                return;
            _shown.Remove(update.Activity);
            _freeIds.Push(id);
        }
        else if (update.Completed)
        {
            _waiting.Remove(update.Activity);
        }
        else
        {
            _waiting[update.Activity] = update;
        }
    }

    private void ShowWaiting()
    {
        while (_freeIds.Count > 0 && _waiting.Count > 0)
        {
            ProgressUpdate update = _waiting.First().Value;
            _waiting.Remove(update.Activity);
            int id = _freeIds.Pop();
            _shown[update.Activity] = id;
            _write(Record(id, _rootId, update));
        }
    }

    private void ShowRoot(ProgressUpdate[] news)
    {
        // A child's bar hangs below its parent's, so there must be one.
        _root ??= new ProgressUpdate { Activity = news[0].Parent ?? news[0].Activity, Status = "under way" };
        string status = _waiting.Count > 0 ? $"{_root.Status} (+{_waiting.Count} more)" : _root.Status;
        _write(Record(_rootId, -1, _root with { Status = status }));
    }

    private static ProgressRecord Record(int id, int parentId, ProgressUpdate update) => new(id, NotEmpty(update.Activity), NotEmpty(update.Status))
    {
        ParentActivityId = parentId,
        PercentComplete = update.Percent is { } percent ? Math.Clamp(percent, 0, 100) : -1,
        SecondsRemaining = update.Remaining is { } remaining ? (int)Math.Clamp(remaining.TotalSeconds, 0, int.MaxValue) : -1,
        RecordType = update.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };

    // ProgressRecord refuses empty texts.
    private static string NotEmpty(string text) => text.Length == 0 ? "..." : text;
}
