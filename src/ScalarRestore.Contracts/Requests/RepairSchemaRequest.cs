namespace ScalarRestore.Contracts;

/// <summary>Guide, Cosmos DB, step 4: bring back the stored procedures, by which ScalarDB writes and which no restore takes along.</summary>
public sealed record RepairSchemaRequest
{
    /// <summary>A run in phase <see cref="RestorePhase.Restored"/> or <see cref="RestorePhase.ValuesUpdated"/>; it stays there.</summary>
    public required RestoreRun Run { get; init; }

    /// <summary>How it is done.</summary>
    public required SchemaRepairMethod Method { get; init; }

    /// <summary>Schema Loader's jar under the name of its release, <c>scalardb-schema-loader-3.7.7.jar</c>, as a full path; for <see cref="SchemaRepairMethod.Loader"/>.</summary>
    public string? LoaderPath { get; init; }

    /// <summary>Schema Loader's <c>database.properties</c>, which has to name the restored account, as a full path; for <see cref="SchemaRepairMethod.Loader"/>.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The schema files as full paths, at least one; for <see cref="SchemaRepairMethod.Loader"/>.</summary>
    public IReadOnlyList<string> SchemaFiles { get; init; } = [];

    /// <summary>Leaves <c>--coordinator</c> out: the coordinator's tables lie in another storage.</summary>
    public bool SkipCoordinator { get; init; }

    /// <summary>The longest that one call of Schema Loader may take, on this machine's clock.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How to sign in to Azure; the default follows the plan of the restore.</summary>
    public AzureConnection Azure { get; init; } = new();

    /// <summary>Plans and shows, and sends nothing but reads.</summary>
    public bool WhatIf { get; init; }
}
