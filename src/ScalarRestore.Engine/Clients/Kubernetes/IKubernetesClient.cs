using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>
/// As much of the Kubernetes API as a restore needs. Reads, and changes that may safely be sent twice, are retried within; any other change
/// whose answer was lost throws with <see cref="RestoreException.Retryable"/>, and the caller has to look before it tries again.
/// Safe for use by several threads.
/// </summary>
internal interface IKubernetesClient : IDisposable
{
    /// <summary>The API server, for example <c>https://10.0.0.1:6443</c>.</summary>
    string Server { get; }

    /// <summary>How the server was reached, with the context pinned, so that a later process reaches the same one.</summary>
    KubernetesConnection Connection { get; }

    /// <summary>The namespace of the context, or <c>default</c>.</summary>
    string DefaultNamespace { get; }

    /// <summary>One object.</summary>
    /// <exception cref="RestoreException"><c>ResourceNotFound</c> and the faults of the connection.</exception>
    Task<JsonObject> GetAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken);

    /// <summary>One object; null if there is none.</summary>
    Task<JsonObject?> FindAsync(KubeResource resource, string? ns, string name, CancellationToken cancellationToken);

    /// <summary>All objects that match a label selector, over all pages; of all namespaces where <paramref name="ns"/> is null.</summary>
    Task<IReadOnlyList<JsonObject>> ListAsync(KubeResource resource, string? ns, string? labelSelector, CancellationToken cancellationToken);

    /// <summary>Creates an object.</summary>
    /// <exception cref="RestoreException"><c>ResourceExists</c> if the name is taken.</exception>
    Task<JsonObject> CreateAsync(KubeResource resource, string? ns, JsonObject body, CancellationToken cancellationToken);

    /// <summary>Changes parts of an object.</summary>
    /// <exception cref="RestoreException"><c>ResourceConflict</c> if the patch names an outdated <c>resourceVersion</c>.</exception>
    Task<JsonObject> PatchAsync(KubeResource resource, string? ns, string name, KubePatchType type, JsonNode patch, CancellationToken cancellationToken);

    /// <summary>Replaces an object.</summary>
    /// <exception cref="RestoreException"><c>ResourceConflict</c> if the body names an outdated <c>resourceVersion</c>.</exception>
    Task<JsonObject> ReplaceAsync(KubeResource resource, string? ns, string name, JsonObject body, CancellationToken cancellationToken);

    /// <summary>Deletes an object; that it is gone already is fine.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="options">DeleteOptions, for example preconditions; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    Task DeleteAsync(KubeResource resource, string? ns, string name, JsonObject? options, CancellationToken cancellationToken);

    /// <summary>The end of a container's log; of the container before the last restart where <paramref name="previous"/> is set.</summary>
    Task<string> ReadLogAsync(string ns, string pod, string container, bool previous, int tailLines, CancellationToken cancellationToken);
}
