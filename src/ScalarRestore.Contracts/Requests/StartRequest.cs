using System.Security;

namespace ScalarRestore.Contracts;

/// <summary>Guide step 4: bring the workloads back.</summary>
public sealed record StartRequest
{
    /// <summary>A run in phase <see cref="RestorePhase.ValuesUpdated"/>.</summary>
    public required RestoreRun Run { get; init; }

    /// <summary>The longest to wait for all pods to be ready and stable.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long ready pods must go without a restart. The charts have no readiness probe, so a wrong endpoint shows only as restarts.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gives the restore up: starts the workloads on the data that they had. Only possible before any live table was deleted; copies that
    /// were made stay.
    /// </summary>
    public bool Abandon { get; init; }

    /// <summary>
    /// The restored Cosmos DB account's key, where a release's own values hold the old one and no file was updated; null to be asked for it.
    /// </summary>
    public SecureString? AccountKey { get; init; }

    /// <summary>How to sign in to Azure, where the restored account's key is read from there.</summary>
    public AzureConnection Azure { get; init; } = new();

    /// <summary>Plans and shows, and sends nothing but reads.</summary>
    public bool WhatIf { get; init; }
}
