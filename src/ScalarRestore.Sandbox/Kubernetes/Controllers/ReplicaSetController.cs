using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Makes and deletes pods until there are as many as a ReplicaSet asks for.</summary>
internal sealed class ReplicaSetController(ObjectStore store, ObjectWriter writer, PodFactory factory, EventRecorder events) : IController
{
    private const string Component = "replicaset-controller";

    public DateTimeOffset? Step(DateTimeOffset now)
    {
        var pods = Ownership.ByController(store, BuiltInTypes.Pods);
        foreach (var set in store.List(BuiltInTypes.ReplicaSets).ToList())
        {
            Reconcile(set, Ownership.Of(set, store, BuiltInTypes.Pods, pods));
        }

        return null;
    }

    private static bool IsReady(JsonObject pod) => pod.Condition("Ready") == "True";

    private void Reconcile(JsonObject set, IReadOnlyList<JsonObject> pods)
    {
        // Terminating pods are no longer counted: that is why a Deployment shows 0 replicas while pods still run.
        var active = pods.Where(pod => !pod.IsTerminating() && pod.TextAt("status", "phase") is not "Succeeded" and not "Failed").ToList();
        var wanted = set.NumberAt("spec", "replicas") ?? 0;
        if (!set.IsTerminating())
        {
            for (var missing = wanted - active.Count; missing > 0; missing--)
            {
                if (factory.Create(set, $"{set.Name()}-", Component) is not { } pod)
                {
                    break;
                }

                events.Normal(set, Component, "SuccessfulCreate", $"Created pod: {pod.Name()}");
                active.Add(pod);
            }

            foreach (var pod in Surplus(active, active.Count - wanted))
            {
                writer.Delete(BuiltInTypes.Pods, pod, new DeleteOptions());
                events.Normal(set, Component, "SuccessfulDelete", $"Deleted pod: {pod.Name()}");
                active.Remove(pod);
            }
        }

        store.Edit(BuiltInTypes.ReplicaSets, set, copy =>
        {
            var status = new JsonObject { ["replicas"] = active.Count, ["observedGeneration"] = set.NumberAt("metadata", "generation") };
            var ready = active.Count(IsReady);
            foreach (var (name, count) in new[] { ("fullyLabeledReplicas", active.Count), ("readyReplicas", ready), ("availableReplicas", ready) })
            {
                if (count > 0)
                {
                    status[name] = count;
                }
            }

            copy["status"] = status;
        });
    }

    /// <summary>Pods that do not run yet go first, then those that are not ready, then the youngest.</summary>
    private static List<JsonObject> Surplus(List<JsonObject> active, int count) => count <= 0
        ? []
        : [.. active
            .OrderByDescending(pod => pod.TextAt("status", "phase") == "Pending")
            .ThenBy(IsReady)
            .ThenByDescending(pod => pod.TextAt("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .Take(count)];
}
