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
internal sealed class HelmRecordWriter(IKubernetesClient client, TimeProvider clock, IReleaseValuesSource? source = null) : IReleaseEditor
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
            Keys = wanted.Values?.Keys ?? [],
            Changed = didChange,
        };

        // Of a record that has the texts already, they are those that it has: what is put into its manifest is what is there.
        RenderedValues? Rendered(HelmReleaseRecord record, AppliedValues? values) =>
            values is null ? null : RenderedValues.Of(profile, record, values, $"{wanted.Namespace}/{wanted.Release}");

        var pending = state.Newest;
        var wasPending = pending.IsPending;
        if (!wasPending)
        {
            var deployed = state.Base(wanted, client.Server);
            var record = deployed.Read();
            var values = await AppliedValues.ReadAsync(source, wanted, record, cancellationToken).ConfigureAwait(false);
            var rendered = Rendered(record, values);
            if (ReleaseState.Replicas(record, profile) == wanted.Replicas
                && (values is null || (values.AreIn(record) && rendered!.Manifest == record.Manifest))
                && new ReleaseManifest(record.Manifest, $"{wanted.Namespace}/{wanted.Release}").Replicas(profile) == wanted.Replicas)
            {
                // By helm's records all is well: only the Deployment may have been changed beside them.
                var patched = await PatchHiddenAsync(wanted, profile, values, rendered, state.Deployment, cancellationToken).ConfigureAwait(false);
                return Result(deployed.Revision, changed || patched);
            }

            await RequireObjectsAsync(wanted, rendered, cancellationToken).ConfigureAwait(false);
            await context.OperationStartedAsync($"record:{wanted.Release}:{state.Newest.Revision + 1}", cancellationToken).ConfigureAwait(false);
            pending = await _store.CreateAsync(deployed, Next(wanted, profile, context, record, state.Newest.Revision + 1, values, rendered), cancellationToken).ConfigureAwait(false);
        }

        var written = pending.Read();
        if (!written.Description.Contains(Mark(context), StringComparison.Ordinal) || ReleaseState.Replicas(written, profile) != wanted.Replicas)
            throw ReleaseState.Pending(pending, client.Server);

        var applied = AppliedValues.In(written, wanted);
        await PatchHiddenAsync(wanted, profile, applied, Rendered(written, applied), state.Deployment, cancellationToken).ConfigureAwait(false);
        foreach (var older in state.History.Where(revision => revision.Status == "deployed" && revision.Revision < pending.Revision))
        {
            var superseded = older.Read();
            superseded.Status = "superseded";
            await _store.UpdateAsync(older, superseded, cancellationToken).ConfigureAwait(false);
        }

        written.Status = "deployed";
        written.Description = $"Upgrade complete ({Mark(context)})";
        await _store.UpdateAsync(pending, written, cancellationToken).ConfigureAwait(false);
        if (!wasPending)
            return Result(pending.Revision, didChange: true);

        // What an earlier process began is complete. If the values were corrected since, that is another revision.
        var settled = await ReleaseState.ReadAsync(client, _store, wanted, cancellationToken).ConfigureAwait(false);
        return await EnsureAsync(wanted, context, settled, previous, changed: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nothing is written unless everything that has to be patched is there.</summary>
    private async Task RequireObjectsAsync(ReleaseScale wanted, RenderedValues? rendered, CancellationToken cancellationToken)
    {
        foreach (var (kind, name) in rendered?.Data.Keys ?? [])
            _ = await client.GetAsync(Resource(kind), wanted.Namespace, name, cancellationToken).ConfigureAwait(false);
    }

    private static KubeResource Resource(RenderedKind kind) => kind == RenderedKind.Secret ? KubeResource.Secrets : KubeResource.ConfigMaps;

    /// <summary>What tells our pending revision from anybody else's, by run and step.</summary>
    private static string Mark(StepContext context) => $"scalar-restore {context.RunId} {context.Step.Key}";

    private HelmReleaseRecord Next(ReleaseScale wanted, ChartProfile profile, StepContext context, HelmReleaseRecord deployed, int revision, AppliedValues? values, RenderedValues? rendered)
    {
        var next = deployed.Copy();
        next.Revision = revision;
        next.Status = "pending-upgrade";
        next.Description = $"Preparing upgrade ({Mark(context)})";
        next.LastDeployed = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        ChartValues.Set(next.Config, profile.ReplicaKey, JsonValue.Create(wanted.Replicas));
        values?.PutInto(next);
        next.Manifest = new ReleaseManifest(rendered?.Manifest ?? deployed.Manifest, $"{wanted.Namespace}/{wanted.Release}").WithReplicas(profile, wanted.Replicas);
        return next;
    }

    /// <summary>A server that refuses an object may quote it.</summary>
    private async Task<bool> PatchHiddenAsync(
        ReleaseScale wanted, ChartProfile profile, AppliedValues? values, RenderedValues? rendered, JsonObject deployment, CancellationToken cancellationToken)
    {
        try
        {
            return await PatchAsync(wanted, profile, rendered, deployment, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (values is not null)
        {
            throw values.Mask.Hide(e);
        }
    }

    /// <summary>Brings the live objects to what the record says: first what the pods read when they start, then the Deployment that starts them.</summary>
    private async Task<bool> PatchAsync(
        ReleaseScale wanted, ChartProfile profile, RenderedValues? rendered, JsonObject deployment, CancellationToken cancellationToken)
    {
        var changed = false;
        foreach (var ((kind, name), data) in rendered?.Data ?? new Dictionary<(RenderedKind, string), JsonObject>())
        {
            changed |= await PatchDataAsync(Resource(kind), wanted.Namespace, name, data, cancellationToken).ConfigureAwait(false);
        }

        return await PatchDeploymentAsync(wanted, new LiveDeployment(profile, wanted.Replicas, rendered), deployment, cancellationToken).ConfigureAwait(false) || changed;
    }

    private async Task<bool> PatchDataAsync(KubeResource resource, string ns, string name, JsonObject data, CancellationToken cancellationToken)
    {
        var found = await client.GetAsync(resource, ns, name, cancellationToken).ConfigureAwait(false);
        if (data.All(pair => (string?)found["data"]?[pair.Key] == (string?)pair.Value))
            return false;

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = (string?)found["metadata"]?["resourceVersion"] },
            ["data"] = data.DeepClone(),
        };
        await client.PatchAsync(resource, ns, name, KubePatchType.Merge, patch, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Sets what the Deployment shall be, unless somebody else changes its specification at the same time.</summary>
    private async Task<bool> PatchDeploymentAsync(ReleaseScale wanted, LiveDeployment live, JsonObject seen, CancellationToken cancellationToken)
    {
        var generation = (long?)seen["metadata"]?["generation"];
        var deployment = seen;
        for (var attempt = 1; live.Patch(deployment) is { } patch; attempt++)
        {
            try
            {
                await client.PatchAsync(KubeResource.Deployments, wanted.Namespace, wanted.Deployment, KubePatchType.Strategic, patch, cancellationToken).ConfigureAwait(false);
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
