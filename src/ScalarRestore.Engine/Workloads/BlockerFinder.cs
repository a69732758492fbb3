using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Finds what would start the pods again behind our back: autoscalers and GitOps controllers.</summary>
internal sealed class BlockerFinder(IKubernetesClient client)
{
    private static readonly string[] ArgoMarks = ["argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance"];
    private static readonly string[] FluxMarks = ["helm.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/name"];
    private readonly Dictionary<string, IReadOnlyList<JsonObject>> _scalers = new(StringComparer.Ordinal);

    /// <summary>What acts on a Deployment, in words.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="deployment">The live Deployment.</param>
    /// <param name="release">The object that holds the release, which Flux labels.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<string>> FindAsync(string ns, JsonObject deployment, JsonObject release, CancellationToken cancellationToken)
    {
        var name = (string?)deployment["metadata"]?["name"];
        var found = new List<string>();
        foreach (var scaler in await ScalersAsync(ns, cancellationToken).ConfigureAwait(false))
        {
            var target = scaler["spec"]?["scaleTargetRef"];
            if ((string?)target?["name"] == name && (string?)target?["kind"] is null or "Deployment")
                found.Add($"{(string?)scaler["kind"]} '{(string?)scaler["metadata"]?["name"]}'");
        }

        AddMarks(found, deployment, "Argo CD", ArgoMarks);
        AddMarks(found, deployment, "Flux", FluxMarks);
        if (found.TrueForAll(blocker => !blocker.StartsWith("Flux", StringComparison.Ordinal)))
            AddMarks(found, release, "Flux", FluxMarks);

        return found;
    }

    private static void AddMarks(List<string> found, JsonObject thing, string who, string[] marks)
    {
        var metadata = thing["metadata"];
        foreach (var mark in marks)
        {
            if ((metadata?["annotations"]?[mark] ?? metadata?["labels"]?[mark]) is { } value)
            {
                found.Add($"{who} ({mark}: {(string?)value})");
                return;
            }
        }
    }

    private async Task<IReadOnlyList<JsonObject>> ScalersAsync(string ns, CancellationToken cancellationToken)
    {
        if (_scalers.TryGetValue(ns, out var known))
            return known;

        var autoscalers = await ListAsync(KubeResource.Autoscalers, "HorizontalPodAutoscaler", ns, mayBeForbidden: false, cancellationToken).ConfigureAwait(false)
            ?? await ListAsync(KubeResource.OldAutoscalers, "HorizontalPodAutoscaler", ns, mayBeForbidden: false, cancellationToken).ConfigureAwait(false)
            ?? [];

        // KEDA acts through an autoscaler of its own, which is found above where its own kind may not be read.
        var keda = await ListAsync(KubeResource.ScaledObjects, "ScaledObject", ns, mayBeForbidden: true, cancellationToken).ConfigureAwait(false) ?? [];
        return _scalers[ns] = [.. autoscalers, .. keda];
    }

    /// <summary>The objects of a kind; null if the cluster does not have the kind.</summary>
    private async Task<IReadOnlyList<JsonObject>?> ListAsync(
        KubeResource resource, string kind, string ns, bool mayBeForbidden, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.ListAsync(resource, ns, labelSelector: null, cancellationToken).ConfigureAwait(false);
            foreach (var item in found)
            {
                item["kind"] ??= kind;
            }

            return found;
        }
        catch (RestoreException e) when (e.Id == "ResourceNotFound" || (mayBeForbidden && e.Id == "ClusterForbidden"))
        {
            return null;
        }
    }
}
