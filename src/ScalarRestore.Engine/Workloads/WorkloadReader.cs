using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Describes one release of a Scalar product by helm's record and by what runs. Reads only.</summary>
/// <param name="client">The cluster.</param>
/// <param name="blockers">Finds what would start its pods again; null where that is of no interest.</param>
internal sealed class WorkloadReader(IKubernetesClient client, BlockerFinder? blockers)
{
    private readonly StorageReader _storages = new(client);

    /// <summary>The workload.</summary>
    /// <exception cref="RestoreException"><c>DeploymentNotFound</c>, <c>ReleaseUnreadable</c> and others.</exception>
    public async Task<ScalarWorkload> ReadAsync(
        StoredRevision stored, HelmReleaseRecord record, ChartProfile profile, CancellationToken cancellationToken)
    {
        var manifest = new ReleaseManifest(record.Manifest, $"{stored.Namespace}/{stored.Release}");
        var name = manifest.Deployment(profile)?.Name ?? profile.DeploymentName(stored.Release, record.Config);
        var deployment = await client.FindAsync(KubeResource.Deployments, stored.Namespace, name, cancellationToken).ConfigureAwait(false)
            ?? throw new RestoreException(
                "DeploymentNotFound",
                FaultCategory.ObjectNotFound,
                $"Release {stored.Namespace}/{stored.Release} of chart {record.Chart} has no Deployment '{name}' in the cluster.",
                $"{client.Server} {stored.Namespace}/{name}",
                $"Look at it with 'helm status {stored.Release} -n {stored.Namespace}'; repair or uninstall the release.");
        var pods = (await client.ListAsync(KubeResource.Pods, stored.Namespace, profile.PodSelector(stored.Release), cancellationToken).ConfigureAwait(false))
            .Select(pod => new PodFacts(pod))
            .ToList();
        return new ScalarWorkload
        {
            Name = stored.Release,
            Namespace = stored.Namespace,
            Product = profile.Product,
            Chart = profile.Chart,
            ChartVersion = record.ChartVersion ?? "",
            AppVersion = record.AppVersion,
            Revision = stored.Revision,
            ReleaseStatus = stored.Status,
            Deployment = name,
            Replicas = (int?)deployment["spec"]?["replicas"] ?? 1,
            ReleaseReplicas = manifest.Replicas(profile) ?? 0,
            ReadyReplicas = pods.Count(pod => pod.Ready),
            Pods = pods.Count,
            Cluster = client.Server,
            Connection = client.Connection,
            Storages = await _storages.ReadAsync(profile, record, manifest, stored.Namespace, deployment, cancellationToken).ConfigureAwait(false),
            Blockers = blockers is null ? [] : await blockers.FindAsync(stored.Namespace, deployment, stored.Object, cancellationToken).ConfigureAwait(false),
        };
    }
}
