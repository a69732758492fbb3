using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Whether a client leads to the cluster that a run began with. A kubeconfig may have been changed since, or be another machine's: what is
/// called the same may then be something else, and a workload that is not there looks like one that is stopped.
/// </summary>
internal static class ClusterIdentity
{
    /// <summary>Whether a client leads to a workload's cluster.</summary>
    public static bool Holds(IKubernetesClient client, ScalarWorkload workload) => Same(client.Server, workload.Cluster);

    /// <summary>Whether two servers' URLs name the same one.</summary>
    public static bool Same(string server, string other) => string.Equals(server.TrimEnd('/'), other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses a client that leads elsewhere.</summary>
    /// <exception cref="RestoreException"><c>WrongCluster</c>.</exception>
    public static void Require(IKubernetesClient client, RunWorkload workload)
    {
        if (Holds(client, workload.Before))
            return;

        var how = client.Connection.Context is { } context ? $"The context '{context}'" : "The connection (no context)";
        var file = client.Connection.KubeConfigPath is { } path ? $" of kubeconfig '{path}'" : "";
        throw new RestoreException(
            "WrongCluster",
            FaultCategory.InvalidOperation,
            $"{how}{file} leads to {client.Server}, but the run's workload {workload} is in the cluster {workload.Before.Cluster}.",
            $"{workload.Before.Cluster} {workload}",
            $"Use the kubeconfig and the context that lead to {workload.Before.Cluster}, then resume the run (Get-ScalarRestoreRun shows the command).");
    }
}
