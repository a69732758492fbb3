using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Waits until no pod of a workload is left, terminating ones included: only then can nothing write any more.</summary>
internal sealed class DrainedHandler(IKubernetesClient client) : IStepHandler
{
    /// <summary>The kind of step.</summary>
    public const string StepKind = "workload.drained";

    private readonly PodReader _reader = new(client);

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var wait = context.Input<PodWait>();
        var plan = new PollPlan
        {
            What = $"the last pod of {wait.Namespace}/{wait.Release} to be gone",
            Target = $"{client.Server} {wait.Namespace}/{wait.Deployment}",
            Timeout = wait.Timeout,
            Interval = TimeSpan.FromSeconds(2),
            NextAction = $"See why they stay with '{KubectlCommand.DescribePods(client, wait)}'; "
                + $"if their node is lost for good, delete them with --force; then run: {context.ResumeCommand}",
        };
        var first = 0;
        await context.Poller.UntilAsync(
            plan,
            async token =>
            {
                var (replicas, observed) = await _reader.WantedAsync(wait.Namespace, wait.Release, wait.Deployment, token).ConfigureAwait(false);
                if (replicas != 0)
                    throw ScaledUp(wait, replicas, context.ResumeCommand);

                var pods = await _reader.PodsAsync(wait.Namespace, wait.Release, wait.Product, token).ConfigureAwait(false);
                first = Math.Max(first, pods.Count);
                var status = pods.Count == 0
                    ? observed ? "no pod left" : "no pod left, but the Deployment's controller has not looked yet"
                    : string.Create(CultureInfo.InvariantCulture, $"{pods.Count} left: ") + PodFacts.Join([.. pods.Select(pod => pod.DescribeLeftover())]);
                return new Observation<int>(pods.Count == 0 && observed, status, pods.Count);
            },
            status => context.Report(status),
            cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["pods"] = 0, ["podsSeen"] = first };
    }

    /// <summary>A resumed run does not repeat the step that brought it to 0, so somebody has to do that by hand.</summary>
    private RestoreException ScaledUp(PodWait wait, int replicas, string resume) => new(
        "WorkloadScaledUpAgain",
        FaultCategory.InvalidOperation,
        $"Deployment {wait.Namespace}/{wait.Deployment} asks for {replicas} pods again although it was brought to 0: an autoscaler, a GitOps controller or a person acts on it.",
        $"{client.Server} {wait.Namespace}/{wait.Deployment}",
        $"Suspend whatever scales it, bring it to 0 by hand with '{KubectlCommand.ScaleToZero(client, wait.Namespace, wait.Deployment)}' (the run does not repeat that), then run: {resume}");
}
