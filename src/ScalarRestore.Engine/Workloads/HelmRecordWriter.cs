using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Changes a release without helm: writes the next revision as pending, patches the Deployment, and then sets the statuses as helm does,
/// in helm's order. Until the very last write the newest revision is pending and bears the step's mark, so that a run after a crash at any
/// point finds it and completes it; and helm itself refuses to act meanwhile.
/// </summary>
internal sealed class HelmRecordWriter(IKubernetesClient client, TimeProvider clock) : IReleaseEditor
{
    private const int Attempts = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly HelmReleaseStore _store = new(client, clock);

    /// <inheritdoc/>
    public async Task<ReleaseChange> ScaleAsync(ReleaseScale wanted, StepContext context, CancellationToken cancellationToken)
    {
        int? previous = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var state = await ReleaseState.ReadAsync(client, _store, wanted, cancellationToken).ConfigureAwait(false);
                previous ??= state.LiveReplicas;
                return await EnsureAsync(wanted, context, state, previous.Value, attempt > 1, cancellationToken).ConfigureAwait(false);
            }
            catch (RestoreException e) when (attempt < Attempts && (e.Retryable || e.Id == "ResourceExists"))
            {
                // The answer was lost, so the change may or may not have been made: look again.
                context.Report($"again after: {e.Message}");
                await context.Poller.DelayAsync(Pause * attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ReleaseChange> EnsureAsync(
        ReleaseScale wanted, StepContext context, ReleaseState state, int previous, bool changed, CancellationToken cancellationToken)
    {
        var profile = ChartProfiles.Of(wanted.Product);
        ReleaseChange Result(int revision, bool didChange) => new()
        {
            Engine = WorkloadEngine.Record,
            Revision = revision,
            PreviousReplicas = previous,
            Replicas = wanted.Replicas,
            Changed = didChange,
        };

        var pending = state.Newest;
        if (!pending.IsPending)
        {
            var deployed = state.Base(wanted, client.Server);
            var record = deployed.Read();
            if (ReleaseState.Replicas(record, profile) == wanted.Replicas
                && new ReleaseManifest(record.Manifest, $"{wanted.Namespace}/{wanted.Release}").Replicas(profile) == wanted.Replicas)
            {
                // By helm's records all is well: only the Deployment may have been changed beside them.
                var patched = await PatchDeploymentAsync(wanted, state.Deployment, cancellationToken).ConfigureAwait(false);
                return Result(deployed.Revision, changed || patched);
            }

            await context.OperationStartedAsync($"record:{wanted.Release}:{state.Newest.Revision + 1}", cancellationToken).ConfigureAwait(false);
            pending = await _store.CreateAsync(deployed, Next(wanted, profile, context, record, state.Newest.Revision + 1), cancellationToken).ConfigureAwait(false);
        }

        var written = pending.Read();
        if (!written.Description.Contains(Mark(context), StringComparison.Ordinal) || ReleaseState.Replicas(written, profile) != wanted.Replicas)
            throw ReleaseState.Pending(pending, client.Server);

        await PatchDeploymentAsync(wanted, state.Deployment, cancellationToken).ConfigureAwait(false);
        foreach (var older in state.History.Where(revision => revision.Status == "deployed" && revision.Revision < pending.Revision))
        {
            var superseded = older.Read();
            superseded.Status = "superseded";
            await _store.UpdateAsync(older, superseded, cancellationToken).ConfigureAwait(false);
        }

        written.Status = "deployed";
        written.Description = $"Upgrade complete ({Mark(context)})";
        await _store.UpdateAsync(pending, written, cancellationToken).ConfigureAwait(false);
        return Result(pending.Revision, didChange: true);
    }

    /// <summary>What tells our pending revision from anybody else's, by run and step.</summary>
    private static string Mark(StepContext context) => $"scalar-restore {context.RunId} {context.Step.Key}";

    private HelmReleaseRecord Next(ReleaseScale wanted, ChartProfile profile, StepContext context, HelmReleaseRecord deployed, int revision)
    {
        var next = deployed.Copy();
        next.Revision = revision;
        next.Status = "pending-upgrade";
        next.Description = $"Preparing upgrade ({Mark(context)})";
        next.LastDeployed = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        ChartValues.Set(next.Config, profile.ReplicaKey, JsonValue.Create(wanted.Replicas));
        next.Manifest = new ReleaseManifest(deployed.Manifest, $"{wanted.Namespace}/{wanted.Release}").WithReplicas(profile, wanted.Replicas);
        return next;
    }

    /// <summary>Sets the Deployment's number of pods, unless somebody else changes its specification at the same time.</summary>
    private async Task<bool> PatchDeploymentAsync(ReleaseScale wanted, JsonObject seen, CancellationToken cancellationToken)
    {
        var generation = (long?)seen["metadata"]?["generation"];
        var deployment = seen;
        for (var attempt = 1; (int?)deployment["spec"]?["replicas"] != wanted.Replicas; attempt++)
        {
            var patch = new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = (string?)deployment["metadata"]?["resourceVersion"] },
                ["spec"] = new JsonObject { ["replicas"] = wanted.Replicas },
            };
            try
            {
                await client.PatchAsync(KubeResource.Deployments, wanted.Namespace, wanted.Deployment, KubePatchType.Merge, patch, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RestoreException e) when (e.Id == "ResourceConflict" && attempt < Attempts)
            {
                // The controller writes the status, which is no harm. A new generation means that somebody else changed what is wanted.
                deployment = await client.GetAsync(KubeResource.Deployments, wanted.Namespace, wanted.Deployment, cancellationToken).ConfigureAwait(false);
                if ((long?)deployment["metadata"]?["generation"] != generation)
                    throw;
            }
        }

        return false;
    }
}
