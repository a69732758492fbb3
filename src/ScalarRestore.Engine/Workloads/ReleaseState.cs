using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>One look at a release and its Deployment.</summary>
internal sealed record ReleaseState
{
    /// <summary>All revisions, the oldest first.</summary>
    public required IReadOnlyList<StoredRevision> History { get; init; }

    /// <summary>The live Deployment.</summary>
    public required JsonObject Deployment { get; init; }

    /// <summary>The newest revision.</summary>
    public StoredRevision Newest => History[^1];

    /// <summary>The newest revision that took effect; null if none did.</summary>
    public StoredRevision? Deployed => History.LastOrDefault(revision => revision.Status == "deployed");

    /// <summary>The number of pods that the Deployment asks for.</summary>
    public int LiveReplicas => (int?)Deployment["spec"]?["replicas"] ?? 1;

    /// <summary>Reads a release's history and its Deployment.</summary>
    /// <exception cref="RestoreException"><c>ReleaseNotFound</c>, <c>DeploymentNotFound</c>.</exception>
    public static async Task<ReleaseState> ReadAsync(
        IKubernetesClient client, HelmReleaseStore store, ReleaseScale wanted, CancellationToken cancellationToken)
    {
        var history = await store.HistoryAsync(wanted.Namespace, wanted.Release, cancellationToken).ConfigureAwait(false);
        var deployment = await client.FindAsync(KubeResource.Deployments, wanted.Namespace, wanted.Deployment, cancellationToken).ConfigureAwait(false)
            ?? throw new RestoreException(
                "DeploymentNotFound",
                FaultCategory.ObjectNotFound,
                $"Release {wanted.Namespace}/{wanted.Release} has no Deployment '{wanted.Deployment}' any more.",
                $"{client.Server} {wanted.Namespace}/{wanted.Deployment}",
                $"Look at it with 'helm status {wanted.Release} -n {wanted.Namespace}'.");
        return new ReleaseState { History = history, Deployment = deployment };
    }

    /// <summary>The number of pods by a record's values, given or by the chart's default.</summary>
    public static int? Replicas(HelmReleaseRecord record, ChartProfile profile) =>
        ChartValues.Number(record.Config, profile.ReplicaKey) ?? ChartValues.Number(record.ChartDefaults, profile.ReplicaKey);

    /// <summary>The revision to build the next one on.</summary>
    /// <exception cref="RestoreException"><c>ReleaseNotDeployed</c>.</exception>
    public StoredRevision Base(ReleaseScale wanted, string server) => Deployed ?? throw new RestoreException(
        "ReleaseNotDeployed",
        FaultCategory.InvalidOperation,
        $"No revision of release {wanted.Namespace}/{wanted.Release} is deployed (the newest, {Newest.Revision}, is '{Newest.Status}'), so there is none to build on.",
        $"{server} {wanted.Namespace}/{wanted.Release}",
        $"Repair the release with 'helm upgrade' or 'helm rollback', then run the command again.");

    /// <summary>The fault for a release that somebody else is in the middle of changing.</summary>
    public static RestoreException Pending(StoredRevision revision, string server) => new(
        "ReleasePending",
        FaultCategory.ResourceBusy,
        $"Revision {revision.Revision} of release {revision.Namespace}/{revision.Release} is '{revision.Status}': somebody else is changing the release, or was interrupted.",
        $"{server} {revision.Namespace}/{revision.Release}",
        $"Wait for it to end; if nobody is at it, bring the release back with 'helm rollback {revision.Release} -n {revision.Namespace}', and run the command again.");
}
