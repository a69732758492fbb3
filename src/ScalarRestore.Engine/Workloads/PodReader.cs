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

    /// <summary>The number of pods that the Deployment asks for, and whether its controller has taken note of that; 0 where it is gone.</summary>
    public async Task<(int Replicas, bool Observed)> WantedAsync(string ns, string deployment, CancellationToken cancellationToken)
    {
        JsonNode? found = await client.FindAsync(KubeResource.Deployments, ns, deployment, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return (0, true);

        var generation = (long?)found["metadata"]?["generation"] ?? 0;
        return ((int?)found["spec"]?["replicas"] ?? 1, ((long?)found["status"]?["observedGeneration"] ?? generation) >= generation);
    }
}
