using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests;

/// <summary>Runs steps in their order and keeps what a journal would keep: evidence, operation ids and when a step was first begun.</summary>
internal sealed class PlanRun(IDatabaseCapture capture, string runId, TimeProvider clock)
{
    /// <summary>Polls differ from run to run; this many calls are surely past the last one that matters of any step.</summary>
    private const int EnoughCalls = 80;

    private readonly ConcurrentDictionary<string, JsonObject> _evidence = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _operations = new(StringComparer.Ordinal);

    public IReadOnlyList<PlannedStep> Steps { get; } = [.. capture.CopySteps, .. capture.SwapSteps];

    public ConcurrentQueue<string> Warnings { get; } = [];

    /// <summary>The operation ids that were journaled, the last of each step.</summary>
    public ICollection<string> Operations => _operations.Values;

    public JsonObject Evidence(string key) => _evidence[key];

    public JsonObject? EvidenceOrNull(string key) => _evidence.GetValueOrDefault(key);

    public void SetEvidence(string key, JsonObject evidence) => _evidence[key] = evidence;

    public async Task RunAsync(IDatabaseProvider provider)
    {
        foreach (var step in Steps.Where(s => !_evidence.ContainsKey(s.Key)))
            await RunAsync(provider, step);
    }

    public Task RunAsync(IDatabaseProvider provider, string key) => RunAsync(provider, Steps.Single(s => s.Key == key));

    public async Task RunAsync(IDatabaseProvider provider, PlannedStep step)
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

    /// <summary>
    /// Kills the engine at every call of a step, before or after it, and lets another one go on. The evidence of a killed step never reaches
    /// the journal; the step begins again with what the cloud shows.
    /// </summary>
    public async Task KillAtEveryCallAsync(
        PlannedStep step, bool afterAnswer, Func<IAwsCallObserver, AwsClientFactory> connect, Func<AwsClientFactory, IDatabaseProvider> provide)
    {
        for (var at = 1; at <= EnoughCalls; at++)
        {
            var stopper = new CallStopper(at, afterAnswer);
            using var factory = connect(stopper);
            if (await EndsAsync(step, provide(factory), stopper))
                return;
        }

        Assert.Fail($"{step.Key} makes more than {EnoughCalls} calls.");
    }

    /// <summary>The same for providers whose clients need not be disposed of.</summary>
    public async Task KillAtEveryCallAsync(PlannedStep step, bool afterAnswer, Func<CallStopper, IDatabaseProvider> provide)
    {
        for (var at = 1; at <= EnoughCalls; at++)
        {
            var stopper = new CallStopper(at, afterAnswer);
            if (await EndsAsync(step, provide(stopper), stopper))
                return;
        }

        Assert.Fail($"{step.Key} makes more than {EnoughCalls} calls.");
    }

    private async Task<bool> EndsAsync(PlannedStep step, IDatabaseProvider provider, CallStopper stopper)
    {
        try
        {
            await RunAsync(provider, step);
            return !stopper.Stopped;
        }
        catch (EngineKilledException)
        {
            return false;
        }
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
