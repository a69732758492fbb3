using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Integration.Tests;

/// <summary>Stops the engine dead at the n-th call, before it is sent or after its answer came; counts what went out.</summary>
internal sealed class CallStopper(int at, bool afterAnswer) : IAwsCallObserver, IArmCallObserver
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Whether it has struck.</summary>
    public bool Stopped { get; private set; }

    public void Sending(AwsCall call) => Sending(call.Operation);

    public void Answered(AwsCall call) => Answered(call.Operation);

    public void Sending(ArmCall call) => Sending(call.Action);

    public void Answered(ArmCall call) => Answered(call.Action);

    private void Sending(string operation)
    {
        if (Interlocked.Increment(ref _calls) == at && !afterAnswer)
            Stop(operation);
    }

    private void Answered(string operation)
    {
        if (Calls == at && afterAnswer && !Stopped)
            Stop(operation);
    }

    private void Stop(string operation)
    {
        Stopped = true;
        throw new EngineKilledException(operation);
    }
}
