using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Looks whether all workloads of a run are still at zero, in the cluster that the run began with.</summary>
internal sealed class WriterFence(IKubernetesClient client, IReadOnlyList<RunWorkload> workloads) : IWriterFence
{
    private readonly PodReader _reader = new(client);

    /// <inheritdoc/>
    public async Task EnsureNoWritersAsync(CancellationToken cancellationToken)
    {
        foreach (var workload in workloads)
            ClusterIdentity.Require(client, workload);

        var found = await Task.WhenAll(workloads.Select(workload => LookAsync(workload.Before, cancellationToken))).ConfigureAwait(false);
        var writers = found.OfType<Writer>().ToList();
        if (writers.Count > 0)
        {
            throw new RestoreException(
                "WritersPresent",
                FaultCategory.InvalidOperation,
                $"Not all workloads are stopped any more, so nothing is deleted or restored: {string.Join("; ", writers.Select(writer => writer.Words))}.",
                string.Join(", ", workloads.Select(workload => workload.ToString())),
                $"Suspend what started them (autoscaler, GitOps, a person), bring them to 0 with {string.Join(" and ", writers.Select(writer => $"'{writer.Mend}'"))}, wait until their pods are gone, then resume the run (Get-ScalarRestoreRun shows the command).");
        }
    }

    private async Task<Writer?> LookAsync(ScalarWorkload workload, CancellationToken cancellationToken)
    {
        var (replicas, _) = await _reader.WantedAsync(workload.Namespace, workload.Name, workload.Deployment, cancellationToken).ConfigureAwait(false);
        var pods = await _reader.PodsAsync(workload.Namespace, workload.Name, workload.Product, cancellationToken).ConfigureAwait(false);
        if (replicas == 0 && pods.Count == 0)
            return null;

        var listed = pods.Count == 0 ? "no pod yet" : PodFacts.Join([.. pods.Select(pod => pod.Name)]);
        return new Writer(
            $"{workload.Namespace}/{workload.Deployment} asks for {replicas} pods ({listed})",
            KubectlCommand.ScaleToZero(client, workload.Namespace, workload.Deployment));
    }

    private sealed record Writer(string Words, string Mend);
}
