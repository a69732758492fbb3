using System.Security;

namespace ScalarRestore.Contracts;

/// <summary>Guide step 3: point the values at what was restored.</summary>
public sealed record UpdateValuesRequest
{
    /// <summary>
    /// A run whose databases are restored, or whose workloads are stopped where <see cref="Endpoints"/> says what was restored by other means;
    /// null to edit files by themselves.
    /// </summary>
    public RestoreRun? Run { get; init; }

    /// <summary>The user's values files and properties files as full paths, in the order in which helm is given them: the later one wins.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Takes the values from the releases' own records instead of files; <c>Start-ScalarWorkload</c> applies them.</summary>
    public bool FromRelease { get; init; }

    /// <summary>Endpoints that changed, besides those that the run knows of.</summary>
    public IReadOnlyList<EndpointChange> Endpoints { get; init; } = [];

    /// <summary>Which of the run's workloads the values belong to, by release name with wildcards; empty means all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Where an endpoint or an account key is fed from a Secret, changes it there. Otherwise it is only told.</summary>
    public bool UpdateSecret { get; init; }

    /// <summary>The restored Cosmos DB account's key; null to be asked for it where it is needed.</summary>
    public SecureString? AccountKey { get; init; }

    /// <summary>How to sign in to Azure, where the restored account's key is read from there.</summary>
    public AzureConnection Azure { get; init; } = new();

    /// <summary>The cluster of the Secrets, where there is no run.</summary>
    public KubernetesConnection? Connection { get; init; }

    /// <summary>The namespace of the Secrets, where there is no run; null for the context's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Shows what would change.</summary>
    public bool WhatIf { get; init; }
}
