namespace ScalarRestore.Sandbox.Aws;

/// <summary>What will happen by itself, in order of sandbox time. Nothing runs in between: whoever looks first lets everything due
/// happen.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _due = new();
    private long _order;

    public void At(DateTimeOffset instant, Action action) => _due.Enqueue(action, (instant, _order++));

    /// <summary>Lets everything happen whose time has come. What follows from it may be due too.</summary>
    public void Advance(DateTimeOffset now)
    {
        while (_due.TryPeek(out var action, out var priority) && priority.At <= now)
        {
            _due.Dequeue();
            action();
        }
    }
}
