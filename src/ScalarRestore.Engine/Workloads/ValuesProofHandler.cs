using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Plans;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// Proves that running pods use the restored databases: by the properties that each of them mounts, with the variables that each of them
/// has. That the pods are ready proves nothing of the kind, since the charts have no readiness probe.
/// </summary>
internal sealed class ValuesProofHandler(IKubernetesClient client) : IStepHandler
{
    /// <summary>The kind of step.</summary>
    public const string StepKind = "workload.values";

    private const string Checksum = "checksum/config";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var proof = context.Input<ValuesProof>();
        var profile = ChartProfiles.Of(proof.Product);
        var moves = EndpointMove.Read(proof.Changes);
        var deployment = await client.GetAsync(KubeResource.Deployments, proof.Namespace, proof.Deployment, cancellationToken).ConfigureAwait(false);
        var pods = (await client.ListAsync(KubeResource.Pods, proof.Namespace, profile.PodSelector(proof.Release), cancellationToken).ConfigureAwait(false))
            .Where(pod => new PodFacts(pod) is { Over: false, Terminating: false })
            .ToList();
        if (pods.Count == 0)
            throw Fault(proof, "it has no pod to look at", context.ResumeCommand);

        foreach (var pod in pods)
        {
            context.Report($"looking at {(string?)pod["metadata"]?["name"]}");
            RequireCurrent(proof, pod, deployment, context.ResumeCommand);
            await RequireAsync(proof, profile, pod, moves, context.ResumeCommand, cancellationToken).ConfigureAwait(false);
        }

        return new JsonObject
        {
            ["pods"] = pods.Count,
            ["endpoints"] = new JsonArray([.. moves.Select(move => JsonValue.Create(move.New.ToString()))]),
        };
    }

    // A pod keeps the properties that it was started with; that of an older template would still have the old ones.
    private void RequireCurrent(ValuesProof proof, JsonObject pod, JsonObject deployment, string resume)
    {
        var wanted = (string?)deployment["spec"]?["template"]?["metadata"]?["annotations"]?[Checksum];
        var has = (string?)pod["metadata"]?["annotations"]?[Checksum];
        if (wanted is not null && has != wanted)
            throw Fault(proof, $"pod {(string?)pod["metadata"]?["name"]} was started with earlier properties", resume);
    }

    private async Task RequireAsync(
        ValuesProof proof, ChartProfile profile, JsonObject pod, IReadOnlyList<EndpointMove> moves, string resume, CancellationToken cancellationToken)
    {
        var container = PodEnvironment.Container(profile, pod["spec"]);
        var (name, text) = await PropertiesAsync(proof, profile, pod, container, cancellationToken).ConfigureAwait(false);
        var variables = await new PodEnvironment(client).OfAsync(proof.Namespace, container, VariableFeeds.NamesIn(text), cancellationToken).ConfigureAwait(false);
        _ = Version.TryParse(proof.AppVersion, out var version);
        var plan = ValuesPlanner.Plan(
            [ValuesDocument.Read(new ValuesSource(name, text, IsProperties: true))],
            new ValuesContext { Moves = moves, Facts = _ => new ProductFacts(null, version, variables) });
        var missed = moves.FirstOrDefault(move => !plan.Points.Any(point => point.Follows.Contains(move)));
        if (missed is null && !plan.Points.Any(point => point.Moves))
            return;

        var seen = plan.Points.Count == 0 ? "no contact point at all" : string.Join("; ", plan.Points.Select(point => $"'{point.Shown}'"));
        throw Fault(proof, $"pod {(string?)pod["metadata"]?["name"]} has {seen} by {name}, and not {(missed ?? moves[0]).New}", resume);
    }

    /// <summary>The properties that a pod mounts; of the oldest charts, those that the image makes of the variables.</summary>
    private async Task<(string Name, string Text)> PropertiesAsync(
        ValuesProof proof, ChartProfile profile, JsonObject pod, JsonObject? container, CancellationToken cancellationToken)
    {
        var mount = (container?["volumeMounts"] as JsonArray)?.OfType<JsonObject>()
            .FirstOrDefault(mount => IsProperties(profile, (string?)mount["subPath"] ?? (string?)mount["mountPath"] ?? ""));
        var volume = (pod["spec"]?["volumes"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(volume => (string?)volume["name"] == (string?)mount?["name"]);
        if (mount is null || (string?)volume?["configMap"]?["name"] is not { } map)
            return ("its variables", ValuesProfiles.DefaultProperties);

        var found = await client.GetAsync(KubeResource.ConfigMaps, proof.Namespace, map, cancellationToken).ConfigureAwait(false);
        var text = (string?)found["data"]?[profile.PropertiesFile] ?? (string?)found["data"]?[profile.PropertiesFile + ".tmpl"] ?? "";
        return ($"ConfigMap {proof.Namespace}/{map}", text);
    }

    private static bool IsProperties(ChartProfile profile, string path) =>
        path.EndsWith(profile.PropertiesFile, StringComparison.Ordinal) || path.EndsWith(profile.PropertiesFile + ".tmpl", StringComparison.Ordinal);

    private RestoreException Fault(ValuesProof proof, string why, string resume) => new(
        "EndpointNotInPods",
        FaultCategory.InvalidData,
        $"Release {proof.Namespace}/{proof.Release} runs, but it is not proven that it uses the restored database: {why}.",
        $"{client.Server} {proof.Namespace}/{proof.Release}",
        $"Look at its ConfigMap and Secrets, correct the endpoint there, restart the pods ('kubectl rollout restart deployment {proof.Deployment} -n {proof.Namespace}'), then run: {resume}");
}
