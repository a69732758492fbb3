using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>
/// HorizontalPodAutoscalers without metrics: they keep their target between least and most replicas, and leave a target
/// at 0 alone. That is what makes them dangerous to a restore: they act again as soon as the first replica is asked for.
/// </summary>
internal sealed class AutoscalerController(ObjectStore store, EventRecorder events, Func<double> periodSeconds) : IController
{
    private DateTimeOffset? _next;

    public DateTimeOffset? Step(DateTimeOffset now)
    {
        var scalers = store.List(BuiltInTypes.Autoscalers).ToList();
        if (scalers.Count == 0)
        {
            _next = null;
            return null;
        }

        _next ??= now.AddSeconds(periodSeconds());
        if (now >= _next)
        {
            _next = now.AddSeconds(periodSeconds());
            scalers.ForEach(Look);
        }

        return _next;
    }

    private void Look(JsonObject scaler)
    {
        var reference = scaler.MapAt("spec", "scaleTargetRef");
        if (store.Catalog.FindKind(reference.TextAt("apiVersion") ?? "", reference.TextAt("kind") ?? "") is not { HasScale: true } type
            || store.Find(type, scaler.Namespace(), reference.TextAt("name") ?? "") is not { } target)
        {
            return;
        }

        var replicas = target.NumberAt("spec", "replicas") ?? 0;
        var least = scaler.NumberAt("spec", "minReplicas") ?? 1;
        var wanted = replicas == 0 ? 0 : Math.Clamp(replicas, least, Math.Max(least, scaler.NumberAt("spec", "maxReplicas") ?? least));
        if (wanted != replicas)
        {
            store.Edit(type, target, copy => copy.Ensure("spec")["replicas"] = wanted);
            events.Normal(
                scaler,
                "horizontal-pod-autoscaler",
                "SuccessfulRescale",
                $"New size: {wanted}; reason: Current number of replicas outside of the allowed range");
        }

        store.Edit(BuiltInTypes.Autoscalers, scaler, copy =>
        {
            var status = copy.Ensure("status");
            status["currentReplicas"] = target.NumberAt("status", "replicas") ?? 0;
            status["desiredReplicas"] = wanted;
            status.SetCondition(
                "ScalingActive",
                replicas > 0,
                replicas > 0 ? "ValidMetricFound" : "ScalingDisabled",
                replicas > 0 ? "the autoscaler acts on its target" : "scaling is disabled since the replica count of the target is zero",
                store.Clock.Now);
        });
    }
}
