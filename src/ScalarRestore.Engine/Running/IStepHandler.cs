using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Running;

/// <summary>
/// Does one kind of step. It observes the world, acts only if that is needed, records the id of what it started, waits until the
/// post-condition holds, and checks it. It decides from what it observes and never from having been called: it may run again at any time,
/// in another process, after any of its calls.
/// </summary>
internal interface IStepHandler
{
    /// <summary>The kind of step, as in <see cref="PlannedStep.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>Ensures the step's post-condition and returns the evidence for it (no secrets; it is journaled).</summary>
    Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken);
}
