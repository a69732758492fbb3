using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>Stops the engine dead at the n-th call, before it is sent or after its answer came; counts what went out.</summary>
internal sealed class CallStopper(int at, bool afterAnswer) : IAwsCallObserver
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Whether it has struck.</summary>
    public bool Stopped { get; private set; }

    public void Sending(AwsCall call)
    {
        if (Interlocked.Increment(ref _calls) == at && !afterAnswer)
            Stop(call);
    }

    public void Answered(AwsCall call)
    {
        if (Calls == at && afterAnswer && !Stopped)
            Stop(call);
    }

    private void Stop(AwsCall call)
    {
        Stopped = true;
        throw new EngineKilledException(call.Operation);
    }
}
