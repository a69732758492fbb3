using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Commands for mends, to be pasted as they are: they lead to the cluster that is meant, whatever context is current.</summary>
internal static class KubectlCommand
{
    /// <summary>Brings a Deployment to no pods.</summary>
    public static string ScaleToZero(IKubernetesClient client, string ns, string deployment) =>
        $"kubectl scale deployment {deployment} -n {ns} --replicas=0{Cluster(client)}";

    /// <summary>Describes a product's pods.</summary>
    public static string DescribePods(IKubernetesClient client, PodWait wait) =>
        $"kubectl describe pods -n {wait.Namespace} -l {ChartProfiles.Of(wait.Product).PodSelector(wait.Release)}{Cluster(client)}";

    private static string Cluster(IKubernetesClient client)
    {
        var file = client.Connection.KubeConfigPath is { } path ? $" --kubeconfig {Quoted(path)}" : "";
        return client.Connection.Context is { } context ? $"{file} --context {Quoted(context)}" : file;
    }

    /// <summary>Quotes what a shell might else take apart; doubled quotes are PowerShell's way.</summary>
    private static string Quoted(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:@\\".Contains(letter, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
