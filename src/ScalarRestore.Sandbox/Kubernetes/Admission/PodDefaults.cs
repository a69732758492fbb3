using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Admission;

/// <summary>What the API server fills into a pod's spec, also inside templates.</summary>
internal static class PodDefaults
{
    public static void Apply(JsonObject spec)
    {
        spec.SetDefault("restartPolicy", "Always");
        spec.SetDefault("terminationGracePeriodSeconds", 30);
        spec.SetDefault("dnsPolicy", "ClusterFirst");
        spec.SetDefault("securityContext", new JsonObject());
        spec.SetDefault("schedulerName", "default-scheduler");
        if (spec.TextAt("serviceAccountName") is { } account)
        {
            spec.SetDefault("serviceAccount", account);
        }

        foreach (var container in spec.ItemsAt("containers").Concat(spec.ItemsAt("initContainers")))
        {
            Container(container);
        }

        foreach (var volume in spec.ItemsAt("volumes"))
        {
            foreach (var source in new[] { "configMap", "secret", "projected", "downwardAPI" })
            {
                volume.MapAt(source)?.SetDefault("defaultMode", 420);
            }
        }
    }

    private static void Container(JsonObject container)
    {
        var image = container.TextAt("image") ?? "";
        var tag = image[(image.LastIndexOf('/') + 1)..];
        var moves = tag.EndsWith(":latest", StringComparison.Ordinal) || !tag.Contains(':', StringComparison.Ordinal);
        container.SetDefault("imagePullPolicy", moves ? "Always" : "IfNotPresent");
        container.SetDefault("resources", new JsonObject());
        container.SetDefault("terminationMessagePath", "/dev/termination-log");
        container.SetDefault("terminationMessagePolicy", "File");
        foreach (var port in container.ItemsAt("ports"))
        {
            port.SetDefault("protocol", "TCP");
        }

        foreach (var field in container.ItemsAt("env").Select(env => env.MapAt("valueFrom", "fieldRef")))
        {
            field?.SetDefault("apiVersion", "v1");
        }

        foreach (var name in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
        {
            if (container.MapAt(name) is { } probe)
            {
                probe.SetDefault("timeoutSeconds", 1);
                probe.SetDefault("periodSeconds", 10);
                probe.SetDefault("successThreshold", 1);
                probe.SetDefault("failureThreshold", 3);
            }
        }
    }
}
