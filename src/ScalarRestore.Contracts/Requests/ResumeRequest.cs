using System.Security;

namespace ScalarRestore.Contracts;

/// <summary>Takes an interrupted run up again.</summary>
public sealed record ResumeRequest
{
    /// <summary>The run's id; null where the journal path names one file.</summary>
    public string? RunId { get; init; }

    /// <summary>A journal file, a folder of journals, or <c>configmap:NAMESPACE</c>; null takes the user's data folder.</summary>
    public string? JournalPath { get; init; }

    /// <summary>The cluster, for journals in a ConfigMap.</summary>
    public KubernetesConnection Connection { get; init; } = new();

    /// <summary>Answers the question before the live tables are deleted with yes, if it was not answered before.</summary>
    public bool Force { get; init; }

    /// <summary>The digest of the plan that is consented to.</summary>
    public string? ApprovePlan { get; init; }

    /// <summary>The restored Cosmos DB account's key; null to be asked for it where it is needed.</summary>
    public SecureString? AccountKey { get; init; }

    /// <summary>How to sign in to Azure: an access token is not kept with the run.</summary>
    public AzureConnection Azure { get; init; } = new();

    /// <summary>Shows what is left to do, and sends nothing but reads.</summary>
    public bool WhatIf { get; init; }
}
