namespace ScalarRestore.Contracts;

/// <summary>Which workloads to find.</summary>
public sealed record WorkloadQuery
{
    /// <summary>The cluster.</summary>
    public KubernetesConnection Connection { get; init; } = new();

    /// <summary>The namespace; null takes the context's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Looks in every namespace.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Release names, with <c>*</c> and <c>?</c>; empty takes all. A name without a wildcard that is not found is a fault.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Only this product.</summary>
    public ScalarProduct? Product { get; init; }
}
