namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>
/// The resources served from the start. StatefulSets, DaemonSets, CronJobs and what concerns the network are kept and
/// answered, but nothing acts on them.
/// </summary>
internal static class BuiltInTypes
{
    private static readonly string[] All = ["all"];
    private static readonly string[] Status = ["status"];

    public static readonly ResourceType Namespaces = new("", "v1", "namespaces", "Namespace", false)
    {
        ShortNames = ["ns"],
        Subresources = ["finalize", "status"],
    };

    public static readonly ResourceType Nodes = new("", "v1", "nodes", "Node", false) { ShortNames = ["no"], Subresources = Status };

    public static readonly ResourceType Pods = new("", "v1", "pods", "Pod", true)
    {
        ShortNames = ["po"],
        Categories = All,
        Subresources = ["eviction", "log", "status"],
    };

    public static readonly ResourceType Services = new("", "v1", "services", "Service", true)
    {
        ShortNames = ["svc"],
        Categories = All,
        Subresources = Status,
    };

    public static readonly ResourceType Secrets = new("", "v1", "secrets", "Secret", true);

    public static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", true) { ShortNames = ["cm"] };

    public static readonly ResourceType ServiceAccounts = new("", "v1", "serviceaccounts", "ServiceAccount", true) { ShortNames = ["sa"] };

    public static readonly ResourceType Events = new("", "v1", "events", "Event", true) { ShortNames = ["ev"] };

    public static readonly ResourceType Deployments = new("apps", "v1", "deployments", "Deployment", true)
    {
        ShortNames = ["deploy"],
        Categories = All,
        Subresources = ["scale", "status"],
        HasGeneration = true,
    };

    public static readonly ResourceType ReplicaSets = new("apps", "v1", "replicasets", "ReplicaSet", true)
    {
        ShortNames = ["rs"],
        Categories = All,
        Subresources = ["scale", "status"],
        HasGeneration = true,
    };

    public static readonly ResourceType Jobs = new("batch", "v1", "jobs", "Job", true) { Categories = All, Subresources = Status, HasGeneration = true };

    public static readonly ResourceType Autoscalers = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true)
    {
        ShortNames = ["hpa"],
        Categories = All,
        Subresources = Status,
    };

    public static readonly ResourceType DisruptionBudgets = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true)
    {
        ShortNames = ["pdb"],
        Subresources = Status,
        HasGeneration = true,
    };

    public static readonly ResourceType Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false)
    {
        ShortNames = ["crd", "crds"],
        Subresources = Status,
        HasGeneration = true,
    };

    public static readonly ResourceType AccessReviews =
        new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false) { Verbs = ["create"] };

    public static readonly ResourceType RulesReviews =
        new("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false) { Verbs = ["create"] };

    public static readonly ResourceType SubjectReviews =
        new("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", false) { Verbs = ["create"] };

    public static readonly IReadOnlyList<ResourceType> List =
    [
        ConfigMaps,
        new("", "v1", "endpoints", "Endpoints", true) { ShortNames = ["ep"] },
        Events,
        new("", "v1", "limitranges", "LimitRange", true) { ShortNames = ["limits"] },
        Namespaces,
        Nodes,
        new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true) { ShortNames = ["pvc"], Subresources = Status },
        Pods,
        new("", "v1", "resourcequotas", "ResourceQuota", true) { ShortNames = ["quota"], Subresources = Status },
        Secrets,
        ServiceAccounts,
        Services,
        Definitions,
        new("apps", "v1", "daemonsets", "DaemonSet", true) { ShortNames = ["ds"], Categories = All, Subresources = Status, HasGeneration = true },
        Deployments,
        ReplicaSets,
        new("apps", "v1", "statefulsets", "StatefulSet", true)
        {
            ShortNames = ["sts"],
            Categories = All,
            Subresources = ["scale", "status"],
            HasGeneration = true,
        },
        SubjectReviews,
        AccessReviews,
        RulesReviews,
        Autoscalers,
        new("batch", "v1", "cronjobs", "CronJob", true) { ShortNames = ["cj"], Categories = All, Subresources = Status, HasGeneration = true },
        Jobs,
        new("coordination.k8s.io", "v1", "leases", "Lease", true),
        new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true),
        new("networking.k8s.io", "v1", "ingresses", "Ingress", true) { ShortNames = ["ing"], Subresources = Status, HasGeneration = true },
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true) { ShortNames = ["netpol"], HasGeneration = true },
        DisruptionBudgets,
        new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", false),
        new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false),
        new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", true),
        new("rbac.authorization.k8s.io", "v1", "roles", "Role", true),
    ];
}
