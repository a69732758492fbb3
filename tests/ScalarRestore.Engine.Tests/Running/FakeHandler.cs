using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Running;

/// <summary>A handler whose steps do what the test says, and which knows how many ran at once.</summary>
internal sealed class FakeHandler(Func<StepContext, CancellationToken, Task> act) : IStepHandler
{
    private int _now;

    public string Kind => "test";

    public ConcurrentQueue<string> Begun { get; } = new();

    public int MostAtOnce { get; private set; }

    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        lock (Begun)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
        }

        Begun.Enqueue(context.Step.Key);
        try
        {
            await act(context, cancellationToken);
            return new JsonObject { ["did"] = context.Step.Key };
        }
        finally
        {
            lock (Begun)
            {
                _now--;
            }
        }
    }
}
