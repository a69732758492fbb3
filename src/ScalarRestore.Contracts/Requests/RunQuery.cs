namespace ScalarRestore.Contracts;

/// <summary>Which runs to find.</summary>
public sealed record RunQuery
{
    /// <summary>Run ids, with <c>*</c> and <c>?</c>; empty takes all. An id without a wildcard that is not found is a fault.</summary>
    public IReadOnlyList<string> RunIds { get; init; } = [];

    /// <summary>A journal file, a folder of journals, or <c>configmap:NAMESPACE</c>; null takes the user's data folder.</summary>
    public string? JournalPath { get; init; }

    /// <summary>The cluster, for journals in a ConfigMap.</summary>
    public KubernetesConnection Connection { get; init; } = new();
}
