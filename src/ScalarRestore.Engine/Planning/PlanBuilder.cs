using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Planning;

/// <summary>Makes plans out of captured facts. Pure: the same facts give the same plan and the same digest.</summary>
internal static class PlanBuilder
{
    /// <summary>The key of the step behind which lies what cannot be undone.</summary>
    public const string GateKey = "gate";

    /// <summary>A plan of these steps.</summary>
    /// <param name="phase">The phase that it is for.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="limits">The most steps that may run at once, by limit name.</param>
    /// <param name="runId">The id that names of the steps derive from; the digest does not depend on it.</param>
    public static RestorePlan Build(
        RestorePhase phase, IEnumerable<PlannedStep> steps, IReadOnlyDictionary<string, int> limits, string? runId = null)
    {
        var graph = new PlanGraph(steps);
        return new RestorePlan
        {
            Phase = phase,
            Steps = graph.Ordered,
            Limits = limits,
            Digest = Digest(graph.Ordered, runId),
            CriticalPath = graph.CriticalPath,
            Estimate = ScheduleEstimator.Makespan(graph, limits),
        };
    }

    /// <summary>
    /// The plan that restores several databases to one point: all copies of all databases whose live data will be changed, then the gate,
    /// then these changes. One table behind the others would be a database at two points in time. What is restored beside its source changes
    /// nothing live, and holds nobody up.
    /// </summary>
    public static RestorePlan BuildRestore(IReadOnlyList<IDatabaseCapture> captures, string runId)
    {
        // One gate for all of them: it asks once, and what was consented to on a first try is all that there is on a second.
        var gated = captures.Where(capture => capture.SwapSteps.Count > 0).ToList();
        var steps = captures.SelectMany(capture => capture.CopySteps)
            .Append(Gate(gated.Count > 0 ? gated : captures))
            .Concat(gated.SelectMany(capture => capture.SwapSteps).Select(step => step.DependsOn.Count == 0 ? step with { DependsOn = [GateKey] } : step));
        var limits = captures.SelectMany(capture => capture.Limits)
            .GroupBy(limit => limit.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Min(limit => limit.Value), StringComparer.Ordinal);
        return Build(RestorePhase.Restoring, steps, limits, runId);
    }

    private static PlannedStep Gate(IReadOnlyList<IDatabaseCapture> captures)
    {
        var deletions = captures.Select(capture => capture.DeletionSentence).OfType<string>().ToList();
        return new PlannedStep
        {
            Key = GateKey,
            Kind = GateHandler.StepKind,
            Target = string.Join(", ", captures.SelectMany(capture => capture.Databases).Select(database => database.Identity).Distinct(StringComparer.Ordinal)),
            Action = deletions.Count > 0 ? $"ask for consent to {string.Join("; ", deletions)}" : "wait until every copy is ready and checked",
            DependsOn = [.. captures.SelectMany(capture => capture.CopySteps).Select(step => step.Key)],
            ReadOnly = true,
            Input = JsonSerializer.SerializeToNode(new GateInput(deletions), PlanJson.Options)!.AsObject(),
        };
    }

    /// <summary>
    /// Covers what is done to what, and leaves out what a second look may see otherwise: the order of capture, the estimates, and the run's
    /// own id in the names of copies. So a plan that was made with <c>-PlanOnly</c> before the outage can be approved for the run.
    /// </summary>
    private static string Digest(IReadOnlyList<PlannedStep> steps, string? runId)
    {
        var stable = steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => step with { Estimate = TimeSpan.Zero }).ToList();
        var text = JsonSerializer.Serialize(stable, PlanJson.Options);
        text = runId is null ? text : text.Replace(runId, "RUN", StringComparison.Ordinal);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }
}
