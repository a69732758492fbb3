namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Times and misfortunes of Azure Cosmos DB; times in sandbox seconds.</summary>
internal sealed record CosmosSettings
{
    /// <summary>Creating of a new account.</summary>
    public ServiceTime CreateAccountSeconds { get; init; } = 1;

    /// <summary>Creating of a restored account.</summary>
    public ServiceTime RestoreAccountSeconds { get; init; } = 1;

    /// <summary>Updating of an account.</summary>
    public ServiceTime UpdateAccountSeconds { get; init; } = 0.5;

    /// <summary>Deleting until an account is gone.</summary>
    public ServiceTime DeleteAccountSeconds { get; init; } = 1;

    /// <summary>Each change of a database, a container, a throughput or a stored procedure.</summary>
    public ServiceTime ResourceSeconds { get; init; } = 0.2;

    /// <summary>Until the newest restorable time is known; 0 answers at once.</summary>
    public ServiceTime BackupInformationSeconds { get; init; } = 0.2;

    /// <summary>How far backups lie behind: up to 100 seconds (domain/azure.md, section 1.4).</summary>
    public ServiceTime BackupLagSeconds { get; init; } = 0;

    /// <summary>What Retry-After says; null for no such header, as the service does it.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>Restores that fail: a glob over their names, and the code that they fail with.</summary>
    public IReadOnlyDictionary<string, string?> FailRestores { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Updates of accounts that fail: a glob over their names, and the code that they fail with.</summary>
    public IReadOnlyDictionary<string, string?> FailUpdates { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
