using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Reads a workload's pods and its Deployment.</summary>
internal sealed class PodReader(IKubernetesClient client)
{
    /// <summary>
    /// The product's pods, terminating ones included. Pods that are over (evicted, for example) run nothing and may stay for weeks: they do not count.
    /// </summary>
    public async Task<IReadOnlyList<PodFacts>> PodsAsync(string ns, string release, ScalarProduct product, CancellationToken cancellationToken)
    {
        var pods = await client.ListAsync(KubeResource.Pods, ns, ChartProfiles.Of(product).PodSelector(release), cancellationToken).ConfigureAwait(false);
        return [.. pods.Select(pod => new PodFacts(pod)).Where(pod => !pod.Over)];
    }

    /// <summary>
    /// The number of pods that the Deployment asks for, and whether its controller has taken note of that. One that is gone is not one at 0:
    /// this may be the wrong cluster, while the pods live on in the right one.
    /// </summary>
    /// <exception cref="RestoreException"><c>DeploymentNotFound</c>.</exception>
    public async Task<(int Replicas, bool Observed)> WantedAsync(string ns, string release, string deployment, CancellationToken cancellationToken)
    {
        JsonNode? found = await client.FindAsync(KubeResource.Deployments, ns, deployment, cancellationToken).ConfigureAwait(false);
        if (found is null)
            throw Missing(ns, release, deployment);

        var generation = (long?)found["metadata"]?["generation"] ?? 0;
        return ((int?)found["spec"]?["replicas"] ?? 1, ((long?)found["status"]?["observedGeneration"] ?? generation) >= generation);
    }

    private RestoreException Missing(string ns, string release, string deployment)
    {
        var context = client.Connection.Context is { } name ? $" (context '{name}')" : "";
        return new RestoreException(
            "DeploymentNotFound",
            FaultCategory.ObjectNotFound,
            $"There is no Deployment {ns}/{deployment} at {client.Server}{context}, so it cannot be told whether release {ns}/{release} is stopped.",
            $"{client.Server} {ns}/{deployment}",
            $"Check that this is the right cluster and look at the release with 'helm status {release} -n {ns}'. If somebody uninstalled it, install it again with 0 pods; then resume the run (Get-ScalarRestoreRun shows the command).");
    }
}
