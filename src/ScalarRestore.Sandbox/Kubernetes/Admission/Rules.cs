using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Admission;

/// <summary>The rules an object must keep beyond its types: names, required fields, ranges, fields that never change.</summary>
internal static partial class Rules
{
    private const string NameRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
        + "and must start and end with an alphanumeric character";

    private const string LabelNameRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";

    private const string LabelRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
        + "and must start and end with an alphanumeric character";

    private static readonly string[] FixedJobFields = ["selector", "template", "completions", "completionMode"];

    /// <summary>Checks a complete object against the rules of its kind.</summary>
    /// <exception cref="ApiException">422 with every fault found.</exception>
    public static void Check(ResourceType type, JsonObject item, JsonObject? before)
    {
        List<FieldFault> faults = [];
        Metadata(type, item, faults);
        if (!type.IsCustom)
        {
            switch (type.Kind)
            {
                case "Deployment" or "ReplicaSet" or "StatefulSet":
                    Workload(item, before, faults);
                    break;
                case "DaemonSet":
                    PodTemplate(item, faults);
                    break;
                case "Job":
                    Job(item, before, faults);
                    break;
                case "Pod":
                    PodSpec(item.MapAt("spec"), "spec", faults);
                    break;
                case "Secret" or "ConfigMap":
                    Data(type, item, before, faults);
                    break;
                case "Service":
                    Service(item, before, faults);
                    break;
                case "HorizontalPodAutoscaler":
                    Autoscaler(item, faults);
                    break;
                case "CustomResourceDefinition":
                    Definition(item, faults);
                    break;
                default:
                    break;
            }
        }

        if (faults.Count > 0)
        {
            throw ApiException.Invalid(type, item.Name(), faults);
        }
    }

    private static void Metadata(ResourceType type, JsonObject item, List<FieldFault> faults)
    {
        var name = item.Name();
        var strict = type.Kind is "Namespace" or "Service" && !type.IsCustom;
        var limit = strict ? 63 : 253;
        if (name.Length == 0)
        {
            faults.Add(FieldFault.Missing("metadata.name", "name or generateName is required"));
        }
        else if (type.Group == "rbac.authorization.k8s.io")
        {
            if (name is "." or ".." || name.Contains('/', StringComparison.Ordinal) || name.Contains('%', StringComparison.Ordinal))
            {
                faults.Add(FieldFault.Wrong("metadata.name", name, "may not contain '/'"));
            }
        }
        else if (name.Length > limit || !(strict ? LabelName() : SubdomainName()).IsMatch(name))
        {
            var rule = strict ? LabelNameRule : NameRule;
            faults.Add(FieldFault.Wrong("metadata.name", name, name.Length > limit ? $"must be no more than {limit} characters" : rule));
        }

        Labels(item.MapAt("metadata", "labels"), "metadata.labels", faults);
    }

    private static void Labels(JsonObject? labels, string field, List<FieldFault> faults)
    {
        foreach (var (_, value) in labels ?? [])
        {
            var text = value.Text() ?? "";
            if (text.Length > 63 || !LabelValue().IsMatch(text))
            {
                faults.Add(FieldFault.Wrong(field, text, text.Length > 63 ? "must be no more than 63 characters" : LabelRule));
            }
        }
    }

    private static void Workload(JsonObject item, JsonObject? before, List<FieldFault> faults)
    {
        NotNegative(item, "replicas", faults);
        if (item.MapAt("spec", "selector") is not { } selector || LabelSelector.From(selector)!.IsEmpty)
        {
            faults.Add(FieldFault.Missing("spec.selector"));
        }
        else if (!LabelSelector.From(selector)!.MatchesLabels(item.MapAt("spec", "template", "metadata", "labels")))
        {
            faults.Add(FieldFault.Wrong(
                "spec.template.metadata.labels",
                item.At("spec", "template", "metadata", "labels") ?? new JsonObject(),
                "`selector` does not match template `labels`"));
        }

        PodTemplate(item, faults);
        Fixed(item, before, "selector", faults);
    }

    private static void Job(JsonObject job, JsonObject? before, List<FieldFault> faults)
    {
        foreach (var field in new[] { "parallelism", "completions", "backoffLimit" })
        {
            NotNegative(job, field, faults);
        }

        PodTemplate(job, faults);
        if (job.TextAt("spec", "template", "spec", "restartPolicy") is "Always" or null)
        {
            faults.Add(FieldFault.NotSupported("spec.template.spec.restartPolicy", "Always", "\"OnFailure\", \"Never\""));
        }

        foreach (var field in FixedJobFields)
        {
            Fixed(job, before, field, faults);
        }
    }

    private static void PodTemplate(JsonObject item, List<FieldFault> faults)
    {
        Labels(item.MapAt("spec", "template", "metadata", "labels"), "spec.template.labels", faults);
        PodSpec(item.MapAt("spec", "template", "spec"), "spec.template.spec", faults);
    }

    private static void PodSpec(JsonObject? spec, string field, List<FieldFault> faults)
    {
        var containers = spec.ItemsAt("containers").ToList();
        if (containers.Count == 0)
        {
            faults.Add(FieldFault.Missing($"{field}.containers"));
        }

        var volumes = spec.ItemsAt("volumes").Select(volume => volume.TextAt("name")).ToHashSet(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < containers.Count; i++)
        {
            var at = $"{field}.containers[{i}]";
            if (containers[i].TextAt("name") is not { Length: > 0 } name)
            {
                faults.Add(FieldFault.Missing($"{at}.name"));
            }
            else if (!names.Add(name))
            {
                faults.Add(new FieldFault($"{at}.name", "FieldValueDuplicate", $"Duplicate value: \"{name}\""));
            }

            if (containers[i].TextAt("image") is not { Length: > 0 })
            {
                faults.Add(FieldFault.Missing($"{at}.image"));
            }

            var mounts = containers[i].ItemsAt("volumeMounts").ToList();
            for (var m = 0; m < mounts.Count; m++)
            {
                if (!volumes.Contains(mounts[m].TextAt("name")))
                {
                    faults.Add(new FieldFault($"{at}.volumeMounts[{m}].name", "FieldValueNotFound", $"Not found: \"{mounts[m].TextAt("name")}\""));
                }
            }
        }
    }

    private static void Data(ResourceType type, JsonObject item, JsonObject? before, List<FieldFault> faults)
    {
        foreach (var (key, value) in item.MapAt("data") ?? [])
        {
            if (!DataKey().IsMatch(key))
            {
                faults.Add(FieldFault.Wrong($"data[{key}]", key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"));
            }
            else if (type.Kind == "Secret" && !Convert.TryFromBase64String(value.Text() ?? "", new byte[(value.Text() ?? "").Length], out _))
            {
                throw ApiException.BadRequest("Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 0");
            }
        }

        if (item.MapAt("data")?.Sum(entry => entry.Value.Text()?.Length ?? 0) > (type.Kind == "Secret" ? 1_398_104 : 1_048_576))
        {
            faults.Add(new FieldFault("data", "FieldValueTooLong", "Too long: must have at most 1048576 bytes"));
        }

        if (before is null)
        {
            return;
        }

        if (type.Kind == "Secret" && item.TextAt("type") != before.TextAt("type"))
        {
            faults.Add(FieldFault.Wrong("type", item["type"], "field is immutable"));
        }

        if (before.FlagAt("immutable") && (!JsonPaths.Same(item["data"], before["data"]) || !item.FlagAt("immutable")))
        {
            faults.Add(FieldFault.Denied("data", "field is immutable when `immutable` is set"));
        }
    }

    private static void Service(JsonObject service, JsonObject? before, List<FieldFault> faults)
    {
        var ports = service.ItemsAt("spec", "ports").ToList();
        if (ports.Count == 0 && service.TextAt("spec", "clusterIP") != "None" && service.TextAt("spec", "type") != "ExternalName")
        {
            faults.Add(FieldFault.Missing("spec.ports"));
        }

        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].NumberAt("port") is not (> 0 and < 65536))
            {
                faults.Add(FieldFault.Wrong($"spec.ports[{i}].port", ports[i]["port"], "must be between 1 and 65535, inclusive"));
            }
        }

        if (before is not null
            && service.TextAt("spec", "type") == before.TextAt("spec", "type")
            && service.TextAt("spec", "clusterIP") != before.TextAt("spec", "clusterIP"))
        {
            faults.Add(FieldFault.Wrong("spec.clusterIPs[0]", new JsonArray(service.TextAt("spec", "clusterIP")), "may not change once set"));
        }
    }

    private static void Autoscaler(JsonObject item, List<FieldFault> faults)
    {
        if (item.NumberAt("spec", "maxReplicas") is not > 0)
        {
            faults.Add(FieldFault.Wrong("spec.maxReplicas", item.At("spec", "maxReplicas") ?? 0, "must be greater than 0"));
        }

        // The real server allows 0 only behind a feature gate.
        if (item.NumberAt("spec", "minReplicas") < 1)
        {
            faults.Add(FieldFault.Wrong("spec.minReplicas", item.At("spec", "minReplicas"), "must be greater than or equal to 1"));
        }
    }

    private static void Definition(JsonObject definition, List<FieldFault> faults)
    {
        var expected = $"{definition.TextAt("spec", "names", "plural")}.{definition.TextAt("spec", "group")}";
        if (definition.Name() != expected)
        {
            faults.Add(FieldFault.Wrong("metadata.name", definition.Name(), "must be spec.names.plural+\".\"+spec.group"));
        }

        if (definition.ItemsAt("spec", "versions").Count(version => version.FlagAt("storage")) != 1)
        {
            faults.Add(FieldFault.Wrong("spec.versions", new JsonArray(), "must have exactly one version marked as storage version"));
        }
    }

    private static void NotNegative(JsonObject item, string field, List<FieldFault> faults)
    {
        if (item.NumberAt("spec", field) < 0)
        {
            faults.Add(FieldFault.Wrong($"spec.{field}", item.At("spec", field), "must be greater than or equal to 0"));
        }
    }

    private static void Fixed(JsonObject item, JsonObject? before, string field, List<FieldFault> faults)
    {
        if (before is not null && !JsonPaths.Same(item.At("spec", field), before.At("spec", field)))
        {
            faults.Add(FieldFault.Wrong($"spec.{field}", item.At("spec", field), "field is immutable"));
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SubdomainName();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LabelName();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LabelValue();

    [GeneratedRegex("^[-._a-zA-Z0-9]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DataKey();
}
