using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Running;

/// <summary>What a handler gets to know and may ask while it works on one step.</summary>
internal sealed class StepContext(
    PlannedStep step,
    string runId,
    string resumeCommand,
    DateTimeOffset firstBegunAt,
    string? operationId,
    Func<string, JsonObject?> evidenceOf,
    Func<string, CancellationToken, Task> operationStarted,
    Action<string, double?> report,
    Action<string> warn,
    Poller poller)
{
    /// <summary>The step.</summary>
    public PlannedStep Step { get; } = step;

    /// <summary>The run, from whose id every created name derives.</summary>
    public string RunId { get; } = runId;

    /// <summary>The command that takes the run up again, whole, with its journal path: for mends.</summary>
    public string ResumeCommand { get; } = resumeCommand;

    /// <summary>When the step was first begun, by whichever process.</summary>
    public DateTimeOffset FirstBegunAt { get; } = firstBegunAt;

    /// <summary>The operation id that was journaled for this step; null if none was.</summary>
    public string? OperationId { get; private set; } = operationId;

    /// <summary>Waits for post-conditions.</summary>
    public Poller Poller { get; } = poller;

    /// <summary>The step's captured input as a record.</summary>
    public T Input<T>() =>
        Step.Input.Deserialize<T>(PlanJson.Options) ?? throw new InvalidOperationException($"Step '{Step.Key}' has no input.");

    /// <summary>What a step that this one depends on left as evidence.</summary>
    public JsonObject EvidenceOf(string stepKey) =>
        evidenceOf(stepKey) ?? throw new InvalidOperationException($"Step '{Step.Key}' asks for evidence of '{stepKey}', which is not done.");

    /// <summary>Journals the id of an operation that was just started, so that another process can find it again.</summary>
    public async Task OperationStartedAsync(string id, CancellationToken cancellationToken)
    {
        OperationId = id;
        await operationStarted(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells how the step is doing.</summary>
    /// <param name="status">The service's word, for example <c>CREATING</c>.</param>
    /// <param name="fraction">0 to 1 where it can be known.</param>
    public void Report(string status, double? fraction = null) => report(status, fraction);

    /// <summary>Says something that the operator must see; it becomes part of the run.</summary>
    public void Warn(string message) => warn(message);
}
