using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>Runs steps in their order and keeps what a journal would keep: evidence, operation ids and when a step was first begun.</summary>
internal sealed class PlanRun(IDatabaseCapture capture, string runId, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, JsonObject> _evidence = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _operations = new(StringComparer.Ordinal);

    public IReadOnlyList<PlannedStep> Steps { get; } = [.. capture.CopySteps, .. capture.SwapSteps];

    public ConcurrentQueue<string> Warnings { get; } = [];

    public JsonObject Evidence(string key) => _evidence[key];

    public JsonObject? EvidenceOrNull(string key) => _evidence.GetValueOrDefault(key);

    public void SetEvidence(string key, JsonObject evidence) => _evidence[key] = evidence;

    public async Task RunAsync(DynamoDbProvider provider)
    {
        foreach (var step in Steps.Where(s => !_evidence.ContainsKey(s.Key)))
            await RunAsync(provider, step);
    }

    public Task RunAsync(DynamoDbProvider provider, string key) => RunAsync(provider, Steps.Single(s => s.Key == key));

    public async Task RunAsync(DynamoDbProvider provider, PlannedStep step)
    {
        var handler = provider.Handlers.Single(h => h.Kind == step.Kind);
        var context = new StepContext(
            step,
            runId,
            "Resume-ScalarRestore",
            _begun.GetOrAdd(step.Key, _ => clock.GetUtcNow()),
            _operations.GetValueOrDefault(step.Key),
            key => _evidence.GetValueOrDefault(key),
            (id, _) =>
            {
                _operations[step.Key] = id;
                return Task.CompletedTask;
            },
            (_, _) => { },
            Warnings.Enqueue,
            new Poller(clock, new Random(1)));
        _evidence[step.Key] = await handler.EnsureAsync(context, CancellationToken.None);
    }

    public RestorePlan Plan => new()
    {
        Phase = RestorePhase.Restoring,
        Steps = Steps,
        Limits = capture.Limits,
        Digest = "",
        CriticalPath = TimeSpan.Zero,
        Estimate = TimeSpan.Zero,
    };
}
