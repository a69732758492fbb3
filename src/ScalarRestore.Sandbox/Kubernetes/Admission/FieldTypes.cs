using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Admission;

/// <summary>
/// Refuses values of a wrong JSON type, as decoding into the real types would. Only fields that people and tools get wrong
/// are listed: helm's own check is off as long as the OpenAPI document is empty, so a wrong <c>replicas</c> must end here.
/// </summary>
internal static class FieldTypes
{
    private static readonly Rule[] Common =
    [
        new("ObjectMeta", "metadata.name", "string"),
        new("ObjectMeta", "metadata.labels.*", "string"),
        new("ObjectMeta", "metadata.annotations.*", "string"),
        new("ObjectMeta", "metadata.finalizers[]", "string"),
    ];

    private static readonly Dictionary<string, Rule[]> ByKind = new(StringComparer.Ordinal)
    {
        ["Deployment"] =
        [
            new("DeploymentSpec", "spec.replicas", "int32"),
            new("DeploymentSpec", "spec.paused", "bool"),
            new("DeploymentSpec", "spec.minReadySeconds", "int32"),
            new("DeploymentSpec", "spec.revisionHistoryLimit", "int32"),
            new("DeploymentSpec", "spec.progressDeadlineSeconds", "int32"),
            new("LabelSelector", "spec.selector.matchLabels.*", "string"),
            .. PodSpec("spec.template."),
        ],
        ["ReplicaSet"] = [new("ReplicaSetSpec", "spec.replicas", "int32"), .. PodSpec("spec.template.")],
        ["StatefulSet"] = [new("StatefulSetSpec", "spec.replicas", "int32"), .. PodSpec("spec.template.")],
        ["DaemonSet"] = PodSpec("spec.template."),
        ["Pod"] = PodSpec(""),
        ["Job"] =
        [
            new("JobSpec", "spec.completions", "int32"),
            new("JobSpec", "spec.parallelism", "int32"),
            new("JobSpec", "spec.backoffLimit", "int32"),
            new("JobSpec", "spec.ttlSecondsAfterFinished", "int32"),
            new("JobSpec", "spec.suspend", "bool"),
            .. PodSpec("spec.template."),
        ],
        ["ConfigMap"] = [new("ConfigMap", "data.*", "string"), new("ConfigMap", "binaryData.*", "string"), new("ConfigMap", "immutable", "bool")],
        ["Secret"] =
        [
            new("Secret", "data.*", "string"),
            new("Secret", "stringData.*", "string"),
            new("Secret", "type", "string"),
            new("Secret", "immutable", "bool"),
        ],
        ["Service"] =
        [
            new("ServiceSpec", "spec.clusterIP", "string"),
            new("ServiceSpec", "spec.selector.*", "string"),
            new("ServicePort", "spec.ports[].port", "int32"),
            new("ServicePort", "spec.ports[].name", "string"),
        ],
        ["HorizontalPodAutoscaler"] =
        [
            new("HorizontalPodAutoscalerSpec", "spec.minReplicas", "int32"),
            new("HorizontalPodAutoscalerSpec", "spec.maxReplicas", "int32"),
        ],
        ["Lease"] =
        [
            new("LeaseSpec", "spec.holderIdentity", "string"),
            new("LeaseSpec", "spec.leaseDurationSeconds", "int32"),
            new("LeaseSpec", "spec.leaseTransitions", "int32"),
        ],
    };

    /// <summary>Checks the fields of an object as sent.</summary>
    /// <exception cref="ApiException">400, as the real server answers where decoding fails.</exception>
    public static void Check(ResourceType type, JsonObject item)
    {
        foreach (var rule in Common)
        {
            rule.Check(type, item);
        }

        if (!type.IsCustom && ByKind.TryGetValue(type.Kind, out var rules))
        {
            foreach (var rule in rules)
            {
                rule.Check(type, item);
            }
        }
    }

    private static Rule[] PodSpec(string prefix) =>
    [
        new("ObjectMeta", prefix + "metadata.labels.*", "string"),
        new("ObjectMeta", prefix + "metadata.annotations.*", "string"),
        new("PodSpec", prefix + "spec.terminationGracePeriodSeconds", "int64"),
        new("PodSpec", prefix + "spec.serviceAccountName", "string"),
        new("Container", prefix + "spec.containers[].name", "string"),
        new("Container", prefix + "spec.containers[].image", "string"),
        new("Container", prefix + "spec.containers[].command[]", "string"),
        new("Container", prefix + "spec.containers[].args[]", "string"),
        new("EnvVar", prefix + "spec.containers[].env[].name", "string"),
        new("EnvVar", prefix + "spec.containers[].env[].value", "string"),
        new("ContainerPort", prefix + "spec.containers[].ports[].containerPort", "int32"),
    ];

    private sealed record Rule(string Struct, string Path, string Type)
    {
        private readonly string[] _steps = Path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.');

        public void Check(ResourceType type, JsonObject item) => Walk(type, item, 0);

        private void Walk(ResourceType type, JsonNode? node, int depth)
        {
            if (node is null)
            {
                return;
            }

            if (depth == _steps.Length)
            {
                if (!Fits(node))
                {
                    throw Fault(type, node, Type);
                }

                return;
            }

            var step = _steps[depth];
            switch (node)
            {
                case JsonArray list when step == "[]":
                    foreach (var entry in list)
                    {
                        Walk(type, entry, depth + 1);
                    }

                    break;
                case JsonObject map when step == "*":
                    foreach (var (_, value) in map)
                    {
                        Walk(type, value, depth + 1);
                    }

                    break;
                case JsonObject map when step != "[]":
                    Walk(type, map[step], depth + 1);
                    break;
                default:
                    throw Fault(type, node, step == "[]" ? "slice" : "map");
            }
        }

        private bool Fits(JsonNode node) => (Type, node.GetValueKind()) switch
        {
            ("string", JsonValueKind.String) or ("bool", JsonValueKind.True or JsonValueKind.False) => true,
            ("int32", JsonValueKind.Number) => node.Number() is not null,
            ("int64", JsonValueKind.Number) => node is JsonValue value && (value.TryGetValue(out long _) || value.TryGetValue(out int _)),
            _ => false,
        };

        private ApiException Fault(ResourceType type, JsonNode node, string wanted)
        {
            var found = node.GetValueKind() switch
            {
                JsonValueKind.Number when wanted.StartsWith("int", StringComparison.Ordinal) => $"number {node.ToJsonString()}",
                JsonValueKind.True or JsonValueKind.False => "bool",
                var kind => kind.ToString().ToLowerInvariant(),
            };
            var field = Path.Replace("[]", "", StringComparison.Ordinal).Replace(".*", "", StringComparison.Ordinal);
            return ApiException.BadRequest(
                $"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: json: "
                + $"cannot unmarshal {found} into Go struct field {Struct}.{field} of type {wanted}");
        }
    }
}
