using System.Collections.Concurrent;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Every request that reached the sandbox, in the order in which it was answered: what tests and benchmarks count.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<Call> _calls = new();
    private int _sequence;

    /// <summary>The calls kept so far.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    public void Add(string service, string operation, string? resource, bool isWrite, int status, DateTimeOffset at) =>
        _calls.Enqueue(new Call(Interlocked.Increment(ref _sequence), at, service, operation, resource, isWrite, status));

    /// <summary>Forgets the calls; the sequence goes on, so that a reader's place stays valid.</summary>
    public void Clear() => _calls.Clear();

    /// <summary>One request.</summary>
    /// <param name="Sequence">Position, from 1.</param>
    /// <param name="At">Sandbox time of its arrival.</param>
    /// <param name="Service">The service, as in <see cref="CallDescription"/>.</param>
    /// <param name="Operation">For example <c>RestoreTableToPointInTime</c>, or <c>PATCH deployments</c>.</param>
    /// <param name="Resource">The table, the database, or namespace/name.</param>
    /// <param name="IsWrite">Whether the call can change state.</param>
    /// <param name="Status">The HTTP status answered; 0 where the connection was dropped.</param>
    internal sealed record Call(
        int Sequence, DateTimeOffset At, string Service, string Operation, string? Resource, bool IsWrite, int Status);
}
