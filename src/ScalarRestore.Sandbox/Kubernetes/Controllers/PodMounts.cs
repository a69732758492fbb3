using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Finds the ConfigMaps and Secrets a pod reads when its container starts; later edits do not reach it.</summary>
internal static class PodMounts
{
    private const string Prefix = "sandbox.scalarrestore.dev/";

    /// <summary>Reads all that a pod refers to.</summary>
    /// <returns>What was read; or else the state the container waits in and which object is missing, in the kubelet's words.</returns>
    public static (JsonArray Read, string? Waiting, string Missing) Read(ObjectStore store, JsonObject pod)
    {
        JsonArray read = [];
        foreach (var (place, type, name, optional) in References(pod).Distinct())
        {
            var item = store.Find(type, pod.Namespace(), name);
            if (item is null && !optional)
            {
                var waiting = place.StartsWith("env-", StringComparison.Ordinal) ? "CreateContainerConfigError" : "ContainerCreating";
                return (read, waiting, $"{type.Kind.ToLowerInvariant()} \"{name}\" not found");
            }

            if (item is not null)
            {
                read.Add(new JsonObject
                {
                    ["place"] = place,
                    ["kind"] = type.Kind,
                    ["name"] = name,
                    ["resourceVersion"] = item.ResourceVersion(),
                    ["data"] = item["data"]?.DeepClone(),
                });
            }
        }

        return (read, null, "");
    }

    /// <summary>Notes on the pod which version of what it has read: <c>mounted-VOLUME</c> and <c>env-NAME</c>.</summary>
    public static void Annotate(JsonObject pod, JsonArray read)
    {
        foreach (var entry in read.OfType<JsonObject>())
        {
            pod.Metadata().Ensure("annotations")[Prefix + entry.TextAt("place")] =
                $"{entry.TextAt("kind")!.ToLowerInvariant()}/{entry.TextAt("name")}@{entry.TextAt("resourceVersion")}";
        }
    }

    private static IEnumerable<(string Place, ResourceType Type, string Name, bool Optional)> References(JsonObject pod)
    {
        foreach (var volume in pod.ItemsAt("spec", "volumes"))
        {
            var place = $"mounted-{volume.TextAt("name")}";
            if (volume.MapAt("configMap") is { } map)
            {
                yield return (place, BuiltInTypes.ConfigMaps, map.TextAt("name") ?? "", map.FlagAt("optional"));
            }

            if (volume.MapAt("secret") is { } secret)
            {
                yield return (place, BuiltInTypes.Secrets, secret.TextAt("secretName") ?? "", secret.FlagAt("optional"));
            }
        }

        foreach (var container in pod.ItemsAt("spec", "containers"))
        {
            var single = container.ItemsAt("env").Select(env => env.MapAt("valueFrom")).OfType<JsonObject>();
            foreach (var source in container.ItemsAt("envFrom").Concat(single))
            {
                if ((source.MapAt("configMapRef") ?? source.MapAt("configMapKeyRef")) is { } map)
                {
                    yield return ($"env-{map.TextAt("name")}", BuiltInTypes.ConfigMaps, map.TextAt("name") ?? "", map.FlagAt("optional"));
                }

                if ((source.MapAt("secretRef") ?? source.MapAt("secretKeyRef")) is { } secret)
                {
                    yield return ($"env-{secret.TextAt("name")}", BuiltInTypes.Secrets, secret.TextAt("name") ?? "", secret.FlagAt("optional"));
                }
            }
        }
    }
}
