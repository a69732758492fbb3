using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>The client over HTTP.</summary>
internal sealed class KubernetesClient(KubernetesTransport transport, KubernetesConnection connection, string defaultNamespace) : IKubernetesClient
{
    private const int PageSize = 500;

    /// <inheritdoc/>
    public string Server => transport.Server;

    /// <inheritdoc/>
    public KubernetesConnection Connection { get; } = connection;

    /// <inheritdoc/>
    public string DefaultNamespace { get; } = defaultNamespace;

    /// <inheritdoc/>
    public Task<JsonObject> GetAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken) =>
        SendAsync(
            new KubeRequest
            {
                Method = HttpMethod.Get,
                Path = resource.Path(ns, name),
                Verb = "get",
                Resource = resource,
                Namespace = ns,
                Name = name,
                Repeatable = true,
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<JsonObject?> FindAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(resource, ns, name, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ResourceNotFound")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(
        KubeResource resource, string? ns, string? labelSelector, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        string? next = null;
        do
        {
            var query = $"?limit={PageSize.ToString(CultureInfo.InvariantCulture)}"
                + (labelSelector is null ? "" : $"&labelSelector={Uri.EscapeDataString(labelSelector)}")
                + (next is null ? "" : $"&continue={Uri.EscapeDataString(next)}");
            var page = await SendAsync(
                new KubeRequest
                {
                    Method = HttpMethod.Get,
                    Path = resource.Path(ns) + query,
                    Verb = "list",
                    Resource = resource,
                    Namespace = ns,
                    Repeatable = true,
                },
                cancellationToken).ConfigureAwait(false);
            foreach (var item in page["items"]?.AsArray().OfType<JsonObject>().ToList() ?? [])
            {
                items.Add(item);
            }

            next = (string?)page["metadata"]?["continue"] is { Length: > 0 } token ? token : null;
        }
        while (next is not null);

        return items;
    }

    /// <inheritdoc/>
    public Task<JsonObject> CreateAsync(KubeResource resource, string? ns, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(
            new KubeRequest
            {
                Method = HttpMethod.Post,
                Path = resource.Path(ns),
                Verb = "create",
                Resource = resource,
                Namespace = ns,
                Name = (string?)body["metadata"]?["name"],
                Body = body,
                Repeatable = false,
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<JsonObject> PatchAsync(
        KubeResource resource, string? ns, string name, KubePatchType type, JsonNode patch, CancellationToken cancellationToken) =>
        SendAsync(
            new KubeRequest
            {
                Method = HttpMethod.Patch,
                Path = resource.Path(ns, name),
                Verb = "patch",
                Resource = resource,
                Namespace = ns,
                Name = name,
                Body = patch,
                ContentType = type switch
                {
                    KubePatchType.Merge => "application/merge-patch+json",
                    KubePatchType.Strategic => "application/strategic-merge-patch+json",
                    _ => "application/json-patch+json",
                },
                Repeatable = type != KubePatchType.Json && patch["metadata"]?["resourceVersion"] is null,
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<JsonObject> ReplaceAsync(KubeResource resource, string? ns, string name, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(
            new KubeRequest
            {
                Method = HttpMethod.Put,
                Path = resource.Path(ns, name),
                Verb = "update",
                Resource = resource,
                Namespace = ns,
                Name = name,
                Body = body,
                Repeatable = body["metadata"]?["resourceVersion"] is null,
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(KubeResource resource, string? ns, string name, JsonObject? options, CancellationToken cancellationToken)
    {
        try
        {
            await transport.SendAsync(
                new KubeRequest
                {
                    Method = HttpMethod.Delete,
                    Path = resource.Path(ns, name),
                    Verb = "delete",
                    Resource = resource,
                    Namespace = ns,
                    Name = name,
                    Body = options,
                    Repeatable = true,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ResourceNotFound")
        {
            // Gone is what was wanted.
        }
    }

    /// <inheritdoc/>
    public Task<string> ReadLogAsync(string ns, string pod, string container, bool previous, int tailLines, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new KubeRequest
            {
                Method = HttpMethod.Get,
                Path = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{KubeResource.Pods.Path(ns, pod)}/log?container={Uri.EscapeDataString(container)}&tailLines={tailLines}{(previous ? "&previous=true" : "")}"),
                Verb = "get",
                Resource = KubeResource.Pods,
                SubResource = "log",
                Namespace = ns,
                Name = pod,
                Repeatable = true,
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();

    private async Task<JsonObject> SendAsync(KubeRequest request, CancellationToken cancellationToken)
    {
        var text = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (JsonNode.Parse(text) is JsonObject answer)
                return answer;
        }
        catch (JsonException)
        {
            // Falls through: the fault must not quote an answer, which may hold Secrets.
        }

        throw new RestoreException(
            "ClusterAnswerInvalid",
            FaultCategory.ParserError,
            $"What {Server} answered when asked to {request.Verb} {request.What} is no JSON object.",
            $"{Server} {request.What}",
            "Check that the kubeconfig's server is a Kubernetes API server and not a proxy's page.");
    }
}
