using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Brings a release to a number of pods, by helm's records and by the Deployment.</summary>
internal sealed class ScaleHandler(IReleaseEditor helm, IReleaseEditor record) : IStepHandler
{
    /// <summary>The kind of step.</summary>
    public const string StepKind = "workload.scale";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var wanted = context.Input<ReleaseScale>();
        var editor = wanted.Engine switch
        {
            WorkloadEngine.Helm => helm,
            WorkloadEngine.Record => record,
            _ => throw new InvalidOperationException($"Step '{context.Step.Key}' was planned without an engine."),
        };
        context.Report($"to {wanted.Replicas} by {(wanted.Engine == WorkloadEngine.Helm ? "helm" : "release record")}");
        var change = await editor.ScaleAsync(wanted, context, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToNode(change, PlanJson.Options)!.AsObject();
    }
}
