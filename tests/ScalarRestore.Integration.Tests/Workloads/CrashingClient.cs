using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>A client whose process dies right before or right after its n-th change.</summary>
internal sealed class CrashingClient(IKubernetesClient inner, int call, bool after) : IKubernetesClient
{
    private int _calls;

    public string Server => inner.Server;

    public KubernetesConnection Connection => inner.Connection;

    public string DefaultNamespace => inner.DefaultNamespace;

    public Task<JsonObject> GetAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken) =>
        inner.GetAsync(resource, ns, name, cancellationToken);

    public Task<JsonObject?> FindAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken) =>
        inner.FindAsync(resource, ns, name, cancellationToken);

    public Task<IReadOnlyList<JsonObject>> ListAsync(KubeResource resource, string? ns, string? labelSelector, CancellationToken cancellationToken) =>
        inner.ListAsync(resource, ns, labelSelector, cancellationToken);

    public Task<JsonObject> CreateAsync(KubeResource resource, string? ns, JsonObject body, CancellationToken cancellationToken) =>
        ChangeAsync(() => inner.CreateAsync(resource, ns, body, cancellationToken));

    public Task<JsonObject> PatchAsync(
        KubeResource resource, string? ns, string name, KubePatchType type, JsonNode patch, CancellationToken cancellationToken) =>
        ChangeAsync(() => inner.PatchAsync(resource, ns, name, type, patch, cancellationToken));

    public Task<JsonObject> ReplaceAsync(KubeResource resource, string? ns, string name, JsonObject body, CancellationToken cancellationToken) =>
        ChangeAsync(() => inner.ReplaceAsync(resource, ns, name, body, cancellationToken));

    public Task DeleteAsync(KubeResource resource, string? ns, string name, JsonObject? options, CancellationToken cancellationToken) =>
        inner.DeleteAsync(resource, ns, name, options, cancellationToken);

    public Task<string> ReadLogAsync(string ns, string pod, string container, bool previous, int tailLines, CancellationToken cancellationToken) =>
        inner.ReadLogAsync(ns, pod, container, previous, tailLines, cancellationToken);

    public void Dispose()
    {
    }

    private async Task<JsonObject> ChangeAsync(Func<Task<JsonObject>> change)
    {
        var dies = _calls++ == call;
        if (dies && !after)
            throw new CrashException();

        var result = await change();
        return dies ? throw new CrashException() : result;
    }
}
