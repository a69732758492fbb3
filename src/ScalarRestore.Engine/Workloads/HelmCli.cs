using System.Globalization;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Changes a release with the helm program, as the guide documents it, with the chart's version pinned and the values kept. What helm did is
/// judged by the release's records and the Deployment, not by its exit code alone.
/// </summary>
internal sealed class HelmCli(IKubernetesClient client, HelmProgram? helm, TimeProvider clock, IReleaseValuesSource? source = null) : IReleaseEditor
{
    /// <summary>
    /// How long a pending revision of ours is given to end by itself, in case the helm that an earlier process started still runs. helm keeps
    /// the machine's time, however fast the engine's clock goes.
    /// </summary>
    internal TimeSpan Orphan { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks at the helm of an earlier process.</summary>
    private static readonly TimeSpan OrphanLook = TimeSpan.FromSeconds(0.5);

    private const int MostAttempts = 6;

    // What the API server, and Go's HTTP client about the way to it, say of what goes by. helm itself never sends a call again.
    private static readonly string[] Passing =
    [
        "Internal error occurred", "an error on the server", "the server is currently unable to handle the request", "the server has received too many requests",
        "the server was unable to return a response in the time allotted", "TLS handshake timeout", "connection reset by peer", "connection refused",
        "broken pipe", "EOF", "i/o timeout", "http2: ", "stream error: ", "etcdserver: ",
    ];

    // Helm's storage/driver.ErrReleaseExists, action.errPending, and driver.ErrNoDeployedReleases: at the end of an upgrade there is a moment
    // when the old revision is superseded already and the new one not deployed yet.
    private static readonly string[] Collisions = ["release: already exists", "another operation (install/upgrade/rollback) is in progress", "has no deployed releases"];

    private readonly HelmReleaseStore _store = new(client, clock);

    /// <inheritdoc/>
    public async Task<ReleaseChange> ScaleAsync(ReleaseScale wanted, StepContext context, CancellationToken cancellationToken)
    {
        var profile = ChartProfiles.Of(wanted.Product);
        var state = await SettledAsync(wanted, profile, context, ended: null, cancellationToken).ConfigureAwait(false);
        var previous = state.LiveReplicas;
        var values = await AppliedValues.ReadAsync(source, wanted, state.Base(wanted, client.Server).Read(), cancellationToken).ConfigureAwait(false);
        var changed = false;
        for (var attempt = 1; !Holds(state, wanted, profile, values); attempt++)
        {
            changed = true;
            var chart = RequireChart(wanted, profile, state);
            var next = state.Newest.Revision + 1;
            await context.OperationStartedAsync(OperationId(wanted.Release, next), cancellationToken).ConfigureAwait(false);
            var output = await UpgradeAsync(wanted, profile, state, chart, values, cancellationToken).ConfigureAwait(false);
            if (output.ExitCode != 0)
            {
                var collided = Says(output, Collisions);
                if (attempt >= MostAttempts || !(collided || Says(output, Passing)))
                    throw Failed(wanted, output);

                // The helm of a process that was killed may be just behind: what it made is looked at as any other revision. What our own
                // helm left pending has nobody at it any more.
                context.Report(collided ? "another helm was there first" : $"helm failed, and is run again: {output.Errors}");
                await Task.Delay(OrphanLook * attempt, cancellationToken).ConfigureAwait(false);
                state = await SettledAsync(wanted, profile, context, collided ? null : next, cancellationToken).ConfigureAwait(false);
                continue;
            }

            state = await ReleaseState.ReadAsync(client, _store, wanted, cancellationToken).ConfigureAwait(false);
            if (!Holds(state, wanted, profile, values))
            {
                throw Fault(
                    "HelmHadNoEffect",
                    wanted,
                    $"helm reported success for release {wanted.Namespace}/{wanted.Release}, but the newest revision is {state.Newest.Revision} ({state.Newest.Status}) and {Missed(state, wanted)}.",
                    "See who else changes the release, or use -Engine Record.");
            }
        }

        return new ReleaseChange
        {
            Engine = WorkloadEngine.Helm,
            Revision = state.Newest.Revision,
            PreviousReplicas = previous,
            Replicas = wanted.Replicas,
            Keys = values?.Keys ?? [],
            Changed = changed,
        };
    }

    private static string Missed(ReleaseState state, ReleaseScale wanted) => state.LiveReplicas != wanted.Replicas
        ? $"Deployment '{wanted.Deployment}' asks for {state.LiveReplicas} pods instead of {wanted.Replicas}"
        : "its values are not those that were given";

    private static string OperationId(string release, int revision) => string.Create(CultureInfo.InvariantCulture, $"helm:{release}:{revision}");

    private static bool Holds(ReleaseState state, ReleaseScale wanted, ChartProfile profile, AppliedValues? values) =>
        state.LiveReplicas == wanted.Replicas
        && state.Newest.Status == "deployed"
        && state.Newest.Read() is var newest
        && ReleaseState.Replicas(newest, profile) == wanted.Replicas
        && (values is null || values.AreIn(newest));

    /// <summary>
    /// The state with no revision pending. One that is ours, by the journal, comes from a helm that was killed: helm would refuse to go on for
    /// good, so it is marked as failed.
    /// </summary>
    /// <param name="wanted">What is wanted of the release.</param>
    /// <param name="profile">Its chart.</param>
    /// <param name="context">The step.</param>
    /// <param name="ended">The revision that our own helm was to make, which has ended; null if there was none.</param>
    /// <param name="cancellationToken">Stops.</param>
    private async Task<ReleaseState> SettledAsync(
        ReleaseScale wanted, ChartProfile profile, StepContext context, int? ended, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var state = await ReleaseState.ReadAsync(client, _store, wanted, cancellationToken).ConfigureAwait(false);
            var newest = state.Newest;
            if (!newest.IsPending)
            {
                _ = state.Base(wanted, client.Server);
                return state;
            }

            var record = newest.Read();
            if (context.OperationId != OperationId(wanted.Release, newest.Revision) || ReleaseState.Replicas(record, profile) != wanted.Replicas)
                throw ReleaseState.Pending(newest, client.Server);

            if (newest.Revision == ended || TimeProvider.System.GetElapsedTime(began) >= Orphan)
            {
                await MarkAsync(newest, record, context, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                context.Report($"revision {newest.Revision} is {newest.Status}");
                await Task.Delay(OrphanLook, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task MarkAsync(StoredRevision pending, HelmReleaseRecord record, StepContext context, CancellationToken cancellationToken)
    {
        record.Status = "failed";
        record.Description = $"Interrupted (scalar-restore {context.RunId} {context.Step.Key})";
        try
        {
            await _store.UpdateAsync(pending, record, cancellationToken).ConfigureAwait(false);
            context.Warn($"Revision {pending.Revision} of release {pending.Namespace}/{pending.Release} was left pending by an interrupted helm and is marked as failed.");
        }
        catch (RestoreException fault) when (fault.Id == "ResourceConflict")
        {
            // It has just ended by itself: the next look tells how.
            context.Report($"revision {pending.Revision} is changing");
        }
    }

    private async Task<HelmOutput> UpgradeAsync(
        ReleaseScale wanted, ChartProfile profile, ReleaseState state, string chart, AppliedValues? values, CancellationToken cancellationToken)
    {
        if (helm is null)
            throw Fault("HelmNotFound", wanted, "helm is not on PATH.", "Install helm, or use -Engine Record, which needs none.");

        return await helm.RunAsync(Arguments(wanted, profile, chart, values), Variables(state), cancellationToken, values?.ToDocument(), values is null ? null : values.Mask.Hide).ConfigureAwait(false);
    }

    private RestoreException Failed(ReleaseScale wanted, HelmOutput output) => Fault(
        "HelmFailed",
        wanted,
        $"helm could not change release {wanted.Namespace}/{wanted.Release} (exit code {output.ExitCode}): {output.Errors}",
        "Mend what helm says and run the command again, or use -Engine Record.");

    private static bool Says(HelmOutput output, string[] phrases) => phrases.Any(words => output.Errors.Contains(words, StringComparison.Ordinal));

    /// <summary>Hours may lie between the choice of the chart and its use: neither it nor the release may have gone to another version.</summary>
    private string RequireChart(ReleaseScale wanted, ChartProfile profile, ReleaseState state)
    {
        if (wanted.ChartReference is not { } chart)
            throw new InvalidOperationException($"No chart reference was planned for release {wanted.Namespace}/{wanted.Release}.");

        var deployed = state.Base(wanted, client.Server);
        if (deployed.Read().ChartVersion is { } version && version != wanted.ChartVersion)
        {
            throw Fault(
                "ChartVersionMismatch",
                wanted,
                $"Revision {deployed.Revision} of release {wanted.Namespace}/{wanted.Release} is of chart version {version}, but {wanted.ChartVersion} was deployed when the run was planned, and a restore must not change it.",
                $"See who upgraded it with 'helm history {wanted.Release} -n {wanted.Namespace}', and bring it back with 'helm rollback', or make a new run.");
        }

        ChartLocator.Verify(chart, profile.Chart, wanted.ChartVersion);
        return chart;
    }

    private List<string> Arguments(ReleaseScale wanted, ChartProfile profile, string chart, AppliedValues? values)
    {
        List<string> arguments =
        [
            "upgrade", wanted.Release, chart,
            "--namespace", wanted.Namespace,
            "--reuse-values",
            "--set", string.Create(CultureInfo.InvariantCulture, $"{profile.ReplicaKey}={wanted.Replicas}"),
        ];

        // From the standard input: the values hold passwords.
        if (values is not null)
            arguments.AddRange(["--values", "-"]);

        // A chart of a repository would else be taken in its newest version: an upgrade of the product in the middle of a restore.
        if (!Path.IsPathRooted(chart))
            arguments.AddRange(["--version", wanted.ChartVersion]);

        arguments.AddRange(ConnectionArguments(client.Connection));
        return arguments;
    }

    /// <summary>How helm reaches the same cluster.</summary>
    public static IReadOnlyList<string> ConnectionArguments(KubernetesConnection connection)
    {
        var arguments = new List<string>();
        if (connection.KubeConfigPath is { } file)
            arguments.AddRange(["--kubeconfig", file]);

        if (connection.Context is { } context)
            arguments.AddRange(["--kube-context", context]);

        return arguments;
    }

    private static Dictionary<string, string> Variables(ReleaseState state) => new(StringComparer.Ordinal)
    {
        ["HELM_DRIVER"] = state.Newest.Resource == KubeResource.ConfigMaps ? "configmap" : "secret",
    };

    private RestoreException Fault(string id, ReleaseScale wanted, string message, string mend) =>
        new(id, FaultCategory.InvalidOperation, message, $"{client.Server} {wanted.Namespace}/{wanted.Release}", mend);
}
