using System.Collections.Frozen;
using System.Globalization;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>
/// The fields that kubectl's generators (<c>create namespace</c>, <c>secret</c>, <c>deployment</c>, …) and reviews set, by their
/// numbers in the published protocol. What kubectl sends with <c>-f</c> is JSON and needs none of this.
/// </summary>
internal static class ProtobufSchema
{
    // number name type: s text, i number, b flag, y bytes, x number or text; [] before a type repeats it; <> before it makes a map; else a message.
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["ObjectMeta"] = "1 name s, 2 generateName s, 3 namespace s, 5 uid s, 6 resourceVersion s, 11 labels <>s, 12 annotations <>s, 14 finalizers []s",
        ["Namespace"] = "1 metadata ObjectMeta",
        ["Secret"] = "1 metadata ObjectMeta, 2 data <>y, 3 type s, 4 stringData <>s, 5 immutable b",
        ["ConfigMap"] = "1 metadata ObjectMeta, 2 data <>s, 3 binaryData <>y, 4 immutable b",
        ["ServiceAccount"] = "1 metadata ObjectMeta, 3 imagePullSecrets []NameReference",
        ["NameReference"] = "1 name s",
        ["Deployment"] = "1 metadata ObjectMeta, 2 spec DeploymentSpec",
        ["DeploymentSpec"] = "1 replicas i, 2 selector LabelSelector, 3 template PodTemplate",
        ["LabelSelector"] = "1 matchLabels <>s",
        ["PodTemplate"] = "1 metadata ObjectMeta, 2 spec PodSpec",
        ["PodSpec"] = "2 containers []Container, 3 restartPolicy s, 4 terminationGracePeriodSeconds i, 8 serviceAccountName s, "
            + "15 imagePullSecrets []NameReference",
        ["Container"] = "1 name s, 2 image s, 3 command []s, 4 args []s, 6 ports []ContainerPort, 7 env []EnvVar, 14 imagePullPolicy s",
        ["ContainerPort"] = "1 name s, 3 containerPort i, 4 protocol s",
        ["EnvVar"] = "1 name s, 2 value s",
        ["Job"] = "1 metadata ObjectMeta, 2 spec JobSpec",
        ["JobSpec"] = "1 parallelism i, 2 completions i, 6 template PodTemplate, 7 backoffLimit i, 8 ttlSecondsAfterFinished i",
        ["Role"] = "1 metadata ObjectMeta, 2 rules []PolicyRule",
        ["ClusterRole"] = "1 metadata ObjectMeta, 2 rules []PolicyRule",
        ["PolicyRule"] = "1 verbs []s, 2 apiGroups []s, 3 resources []s, 4 resourceNames []s, 5 nonResourceURLs []s",
        ["RoleBinding"] = "1 metadata ObjectMeta, 2 subjects []Subject, 3 roleRef RoleRef",
        ["ClusterRoleBinding"] = "1 metadata ObjectMeta, 2 subjects []Subject, 3 roleRef RoleRef",
        ["Subject"] = "1 kind s, 2 apiGroup s, 3 name s, 4 namespace s",
        ["RoleRef"] = "1 apiGroup s, 2 kind s, 3 name s",
        ["TokenRequest"] = "2 spec TokenRequestSpec",
        ["TokenRequestSpec"] = "1 audiences []s, 4 expirationSeconds i",
        ["SelfSubjectReview"] = "1 metadata ObjectMeta",
        ["SelfSubjectRulesReview"] = "2 spec SelfSubjectRulesReviewSpec",
        ["SelfSubjectRulesReviewSpec"] = "1 namespace s",
        ["SelfSubjectAccessReview"] = "2 spec SelfSubjectAccessReviewSpec",
        ["SelfSubjectAccessReviewSpec"] = "1 resourceAttributes ResourceAttributes, 2 nonResourceAttributes NonResourceAttributes",
        ["ResourceAttributes"] = "1 namespace s, 2 verb s, 3 group s, 4 version s, 5 resource s, 6 subresource s, 7 name s",
        ["NonResourceAttributes"] = "1 path s, 2 verb s",
        ["DeleteOptions"] = "1 gracePeriodSeconds i, 2 preconditions Preconditions, 4 propagationPolicy s, 5 dryRun []s",
        ["Preconditions"] = "1 uid s, 2 resourceVersion s",
        ["PodDisruptionBudget"] = "1 metadata ObjectMeta, 2 spec PodDisruptionBudgetSpec",
        ["PodDisruptionBudgetSpec"] = "1 minAvailable x, 2 selector LabelSelector, 3 maxUnavailable x",
        ["Eviction"] = "1 metadata ObjectMeta, 2 deleteOptions DeleteOptions",
    };

    private static readonly FrozenDictionary<string, FrozenDictionary<int, Field>> Messages =
        Texts.ToFrozenDictionary(entry => entry.Key, entry => Parse(entry.Value), StringComparer.Ordinal);

    public static FrozenDictionary<int, Field>? Find(string message) => Messages.GetValueOrDefault(message);

    private static FrozenDictionary<int, Field> Parse(string text) => text.Split(", ").Select(part => part.Split(' ')).ToFrozenDictionary(
        part => int.Parse(part[0], NumberStyles.None, CultureInfo.InvariantCulture),
        part => new Field(
            part[1],
            part[2].TrimStart('[', ']', '<', '>'),
            part[2].StartsWith("[]", StringComparison.Ordinal),
            part[2].StartsWith("<>", StringComparison.Ordinal)));

    /// <summary>One field of a message.</summary>
    internal sealed record Field(string Name, string Type, bool Repeated, bool Map);
}
