using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>One served resource: what discovery says of it and how its objects are treated.</summary>
internal sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Subresources { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;

    /// <summary>Whether a change of the spec raises <c>metadata.generation</c>.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Defined by a CustomResourceDefinition: no strategic merge patch, no defaults.</summary>
    public bool IsCustom { get; init; }

    /// <summary><c>additionalPrinterColumns</c> of a custom resource.</summary>
    public JsonArray? PrinterColumns { get; init; }

    /// <summary>The replica path of a custom resource's scale subresource, such as <c>.spec.replicas</c>.</summary>
    public string? ReplicasPath { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As messages name it: <c>pods</c>, <c>deployments.apps</c>.</summary>
    public string Qualified => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    public bool HasStatus => Subresources.Contains("status", StringComparer.Ordinal);

    public bool HasScale => Subresources.Contains("scale", StringComparer.Ordinal);

    /// <summary>What the store files objects under: all versions of a resource share their objects.</summary>
    public (string Group, string Plural) Key => (Group, Plural);
}
