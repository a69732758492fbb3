namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>A kind of object at the API server.</summary>
/// <param name="Group">The API group; empty for the core.</param>
/// <param name="Version">The version.</param>
/// <param name="Plural">The name in paths, for example <c>deployments</c>.</param>
/// <param name="Namespaced">Whether it lives in namespaces.</param>
internal readonly record struct KubeResource(string Group, string Version, string Plural, bool Namespaced = true)
{
    public static readonly KubeResource Secrets = new("", "v1", "secrets");

    public static readonly KubeResource ConfigMaps = new("", "v1", "configmaps");

    public static readonly KubeResource Pods = new("", "v1", "pods");

    public static readonly KubeResource Namespaces = new("", "v1", "namespaces", Namespaced: false);

    public static readonly KubeResource Deployments = new("apps", "v1", "deployments");

    public static readonly KubeResource Leases = new("coordination.k8s.io", "v1", "leases");

    public static readonly KubeResource Autoscalers = new("autoscaling", "v2", "horizontalpodautoscalers");

    public static readonly KubeResource OldAutoscalers = new("autoscaling", "v1", "horizontalpodautoscalers");

    public static readonly KubeResource ScaledObjects = new("keda.sh", "v1alpha1", "scaledobjects");

    /// <summary>The path of one object, or of the collection where there is no name.</summary>
    public string Path(string? ns, string? name = null)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var scope = Namespaced && ns is not null ? $"/namespaces/{Uri.EscapeDataString(ns)}" : "";
        return name is null ? $"{root}{scope}/{Plural}" : $"{root}{scope}/{Plural}/{Uri.EscapeDataString(name)}";
    }

    /// <summary>As RBAC and error messages call it, for example <c>deployments.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
