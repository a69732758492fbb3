using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Control;

/// <summary>Takes out of the Kubernetes state what is new in every run.</summary>
internal static class KubernetesStable
{
    private static readonly HashSet<string> VolatileMembers = new(StringComparer.Ordinal)
    {
        "resourceVersion", "uid", "creationTimestamp", "deletionTimestamp", "managedFields", "generation", "observedGeneration",
        "lastTransitionTime",
        "lastUpdateTime", "lastProbeTime", "lastScheduleTime", "startTime", "completionTime", "startedAt", "finishedAt", "renewTime",
        "acquireTime",
        "podIP", "podIPs", "lastTimestamp", "firstTimestamp", "eventTime", "clusterIP", "clusterIPs",
    };

    // Pods and their helpers come and go by themselves.
    private static readonly HashSet<string> VolatileKinds =
        new(StringComparer.Ordinal) { "Pod", "Event", "Lease", "EndpointSlice", "Endpoints" };

    public static JsonNode Reduce(JsonNode dump)
    {
        var objects = new JsonArray();
        foreach (var item in dump["objects"]!.AsArray().OfType<JsonObject>())
        {
            if (VolatileKinds.Contains((string?)item["kind"] ?? "") || (string?)item["metadata"]?["name"] == "kube-root-ca.crt")
                continue;

            var copy = item.DeepClone().AsObject();

            // A release record holds its own instants, packed.
            if ((string?)copy["type"] == "helm.sh/release.v1" && copy["data"] is JsonObject data)
                data.Remove("release");

            Strip(copy);
            objects.Add(copy);
        }

        return new JsonObject { ["objects"] = objects };
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var element in array)
                Strip(element);
        }
        else if (node is JsonObject obj)
        {
            foreach (var name in obj.Select(m => m.Key).Where(VolatileMembers.Contains).ToArray())
                obj.Remove(name);

            foreach (var (_, value) in obj)
                Strip(value);
        }
    }
}
