using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>One call to the API server.</summary>
internal sealed record KubeRequest
{
    /// <summary>The HTTP method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The path under the server's URL, with the query.</summary>
    public required string Path { get; init; }

    /// <summary>The verb as RBAC calls it.</summary>
    public required string Verb { get; init; }

    /// <summary>The kind of object.</summary>
    public required KubeResource Resource { get; init; }

    /// <summary>The part of the object, for example <c>log</c>.</summary>
    public string? SubResource { get; init; }

    /// <summary>The namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object's name.</summary>
    public string? Name { get; init; }

    /// <summary>What is sent.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>The kind of what is sent.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether sending it twice equals sending it once, so that a lost answer can be helped by asking again.</summary>
    public required bool Repeatable { get; init; }

    /// <summary>For messages: <c>deployments.apps 'db' in namespace 'prod'</c>.</summary>
    public string What
    {
        get
        {
            var kind = SubResource is null ? Resource.ToString() : $"{Resource}/{SubResource}";
            var named = Name is null ? kind : $"{kind} '{Name}'";
            if (!Resource.Namespaced)
                return named;

            return Namespace is null ? $"{named} in all namespaces" : $"{named} in namespace '{Namespace}'";
        }
    }
}
