using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Admission;

/// <summary>Fills in what clients leave out and later rely on; helm and kubectl crash without some of it.</summary>
internal static class Defaults
{
    /// <summary>Completes an object in place.</summary>
    /// <param name="store">For the addresses already given out.</param>
    /// <param name="type">The resource.</param>
    /// <param name="item">The object to complete; its uid is set.</param>
    /// <param name="before">What is stored now; null at creation.</param>
    public static void Apply(ObjectStore store, ResourceType type, JsonObject item, JsonObject? before)
    {
        if (type.IsCustom)
        {
            return;
        }

        switch (type.Kind)
        {
            case "Deployment":
                Deployment(item.Ensure("spec"));
                break;
            case "ReplicaSet":
                item.Ensure("spec").SetDefault("replicas", 1);
                Template(item.Ensure("spec"));
                break;
            case "StatefulSet":
                item.Ensure("spec").SetDefault("replicas", 1);
                item.Ensure("spec").SetDefault("podManagementPolicy", "OrderedReady");
                Template(item.Ensure("spec"));
                break;
            case "DaemonSet":
                Template(item.Ensure("spec"));
                break;
            case "Job":
                Job(item, before);
                break;
            case "Pod":
                Pod(item);
                break;
            case "Service":
                Service(store, item.Ensure("spec"), before);
                break;
            case "Secret":
                Secret(item);
                break;
            case "Namespace":
                Namespace(item);
                break;
            case "HorizontalPodAutoscaler":
                item.Ensure("spec").SetDefault("minReplicas", 1);
                break;
            case "CustomResourceDefinition":
                Definition(store, item);
                break;
            default:
                break;
        }
    }

    private static void Deployment(JsonObject spec)
    {
        spec.SetDefault("replicas", 1);
        spec.SetDefault("revisionHistoryLimit", 10);
        spec.SetDefault("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.SetDefault("type", "RollingUpdate");
        if (strategy.TextAt("type") == "RollingUpdate")
        {
            strategy.Ensure("rollingUpdate").SetDefault("maxUnavailable", "25%");
            strategy.Ensure("rollingUpdate").SetDefault("maxSurge", "25%");
        }

        Template(spec);
    }

    private static void Template(JsonObject spec)
    {
        if (spec.MapAt("template") is { } template)
        {
            // helm sends it as null; it carries nothing, and kept it would make equal templates differ.
            template.Ensure("metadata").Remove("creationTimestamp");
            PodDefaults.Apply(template.Ensure("spec"));
        }
    }

    private static void Job(JsonObject job, JsonObject? before)
    {
        var spec = job.Ensure("spec");
        spec.SetDefault("parallelism", 1);
        spec.SetDefault("completions", 1);
        spec.SetDefault("backoffLimit", 6);
        spec.SetDefault("completionMode", "NonIndexed");
        spec.SetDefault("suspend", false);
        if (before.MapAt("spec", "selector") is { } selector)
        {
            spec.SetDefault("selector", selector.DeepClone());
        }

        if (!spec.FlagAt("manualSelector"))
        {
            spec.SetDefault("selector", new JsonObject { ["matchLabels"] = new JsonObject { ["controller-uid"] = job.Uid() } });
            if (spec.MapAt("template") is { } template)
            {
                var labels = template.Ensure("metadata").Ensure("labels");
                labels["controller-uid"] = job.Uid();
                labels["job-name"] = job.Name();
            }
        }

        Template(spec);
    }

    private static void Pod(JsonObject pod)
    {
        PodDefaults.Apply(pod.Ensure("spec"));
        pod.Ensure("spec").SetDefault("serviceAccountName", "default");
        pod.Ensure("spec").SetDefault("serviceAccount", pod["spec"].TextAt("serviceAccountName")!);
        pod.Ensure("status").SetDefault("phase", "Pending");
        pod.Ensure("status").SetDefault("qosClass", "BestEffort");
    }

    private static void Service(ObjectStore store, JsonObject spec, JsonObject? before)
    {
        spec.SetDefault("type", "ClusterIP");
        spec.SetDefault("sessionAffinity", "None");
        foreach (var field in new[] { "clusterIP", "clusterIPs" })
        {
            // A PUT leaves the address out; it stays the service's own.
            if (spec.At(field) is null && before.At("spec", field) is { } kept && spec.TextAt("type") != "ExternalName")
            {
                spec[field] = kept.DeepClone();
            }
        }

        foreach (var port in spec.ItemsAt("ports"))
        {
            port.SetDefault("protocol", "TCP");
            if (port["port"] is { } number)
            {
                port.SetDefault("targetPort", number.DeepClone());
            }
        }

        if (spec.TextAt("type") == "ExternalName")
        {
            return;
        }

        if (string.IsNullOrEmpty(spec.TextAt("clusterIP")))
        {
            var used = store.List(BuiltInTypes.Services).Select(service => service.TextAt("spec", "clusterIP")).ToHashSet(StringComparer.Ordinal);
            spec["clusterIP"] = Enumerable.Range(10, 65_000)
                .Select(n => string.Create(CultureInfo.InvariantCulture, $"10.96.{n / 256}.{n % 256}"))
                .First(address => !used.Contains(address));
        }

        spec.SetDefault("clusterIPs", new JsonArray(spec.TextAt("clusterIP")));
        spec.SetDefault("ipFamilies", new JsonArray("IPv4"));
        spec.SetDefault("ipFamilyPolicy", "SingleStack");
        spec.SetDefault("internalTrafficPolicy", "Cluster");
    }

    private static void Secret(JsonObject secret)
    {
        secret.SetDefault("type", "Opaque");
        if (secret["stringData"] is JsonObject texts)
        {
            foreach (var (key, value) in texts)
            {
                secret.Ensure("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Text() ?? ""));
            }
        }

        secret.Remove("stringData");
    }

    private static void Namespace(JsonObject item)
    {
        item.Ensure("spec").SetDefault("finalizers", new JsonArray("kubernetes"));
        item.Ensure("status").SetDefault("phase", "Active");
        item.Metadata().Ensure("labels")["kubernetes.io/metadata.name"] = item.Name();
    }

    private static void Definition(ObjectStore store, JsonObject definition)
    {
        var names = definition.Ensure("spec").Ensure("names");
        names.SetDefault("singular", (names.TextAt("kind") ?? "").ToLowerInvariant());
        names.SetDefault("listKind", $"{names.TextAt("kind")}List");
        var status = definition.Ensure("status");
        status["acceptedNames"] = names.DeepClone();
        var stored = definition.ItemsAt("spec", "versions").Where(version => version.FlagAt("storage"));
        status["storedVersions"] = new JsonArray([.. stored.Select(version => version["name"]?.DeepClone())]);
        status.SetCondition("NamesAccepted", true, "NoConflicts", "no conflicts found", store.Clock.Now);
        status.SetCondition("Established", true, "InitialNamesAccepted", "the initial names have been accepted", store.Clock.Now);
    }
}
