using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Waits until a workload's pods are ready and stay so. The charts have no readiness probe, so a wrong endpoint shows only as restarts some
/// time after the pods have become ready.
/// </summary>
internal sealed class ReadyHandler(IKubernetesClient client) : IStepHandler
{
    /// <summary>The kind of step.</summary>
    public const string StepKind = "workload.ready";

    private const int LogLines = 12;
    private readonly PodReader _reader = new(client);

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var wait = context.Input<PodWait>();
        var plan = new PollPlan
        {
            What = $"{wait.Replicas} pods of {wait.Namespace}/{wait.Release} to be ready and stable for {wait.StableFor}",
            Target = $"{client.Server} {wait.Namespace}/{wait.Deployment}",
            Timeout = wait.Timeout,
            Interval = TimeSpan.FromSeconds(3),
            NextAction = $"See what they lack with '{KubectlCommand.DescribePods(client, wait)}', then run: {context.ResumeCommand}",
        };
        var seen = "";
        var since = context.Poller.Clock.GetUtcNow();
        double? fraction = null;
        var count = await context.Poller.UntilAsync(
            plan,
            async token =>
            {
                var pods = await _reader.PodsAsync(wait.Namespace, wait.Release, wait.Product, token).ConfigureAwait(false);
                await ThrowIfCrashLoopingAsync(wait, pods, context.ResumeCommand, token).ConfigureAwait(false);
                var ready = pods.Count(pod => pod.Ready);
                var now = context.Poller.Clock.GetUtcNow();
                if (ready < wait.Replicas || ready < pods.Count)
                {
                    (seen, fraction) = ("", null);
                    return new Observation<int>(false, Unready(wait, pods, ready), ready);
                }

                // Any pod that is new or was restarted starts the clock anew.
                var fingerprint = string.Join(' ', pods.Select(pod => string.Create(CultureInfo.InvariantCulture, $"{pod.Uid}:{pod.Restarts}")).Order(StringComparer.Ordinal));
                if (fingerprint != seen)
                    (seen, since) = (fingerprint, now);

                var done = wait.Replicas == 0 || now - since >= wait.StableFor;
                fraction = done ? 1 : (now - since) / wait.StableFor;
                return new Observation<int>(done, Stable(wait, ready, done), ready);
            },
            status => context.Report(status, fraction),
            cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["readyReplicas"] = count, ["stableSeconds"] = (int)wait.StableFor.TotalSeconds };
    }

    /// <summary>The same words at every look: how far it has come is told by the fraction.</summary>
    private static string Stable(PodWait wait, int ready, bool done) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ready} ready, {(done ? "stable for" : "waiting until they have been stable for")} {wait.StableFor.TotalSeconds:0} s");

    private static string Unready(PodWait wait, IReadOnlyList<PodFacts> pods, int ready)
    {
        var others = pods.Where(pod => !pod.Ready).Select(pod => pod.DescribeUnready()).ToList();
        var counted = string.Create(CultureInfo.InvariantCulture, $"{ready} of {wait.Replicas} ready");
        return others.Count == 0 ? counted : $"{counted}: {Redactor.Redact(PodFacts.Join(others))}";
    }

    private async Task ThrowIfCrashLoopingAsync(PodWait wait, IReadOnlyList<PodFacts> pods, string resume, CancellationToken cancellationToken)
    {
        if (pods.FirstOrDefault(pod => pod.CrashLooping is not null) is not { } crashing)
            return;

        var log = await LastLinesAsync(wait, crashing, cancellationToken).ConfigureAwait(false);
        throw new RestoreException(
            "WorkloadCrashLooping",
            FaultCategory.InvalidData,
            $"Pod {wait.Namespace}/{crashing.Name} of release {wait.Release} keeps crashing ({crashing.Restarts} restarts). Its last words: {log}",
            $"{client.Server} {wait.Namespace}/{crashing.Name}",
            $"Check that the values point at the restored database and that its credentials and network rules fit, then run: {resume}");
    }

    private async Task<string> LastLinesAsync(PodWait wait, PodFacts pod, CancellationToken cancellationToken)
    {
        try
        {
            var log = await client.ReadLogAsync(wait.Namespace, pod.Name, pod.CrashLooping!, previous: true, LogLines, cancellationToken).ConfigureAwait(false);
            return log.Trim() is { Length: > 0 } text ? Redactor.Redact(text) : "(its log is empty)";
        }
        catch (RestoreException e)
        {
            // The crash is the news, not that its log cannot be had.
            return $"(its log cannot be read: {e.Message})";
        }
    }
}
