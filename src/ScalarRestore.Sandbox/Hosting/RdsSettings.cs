namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Times, limits and misfortunes of RDS; times in sandbox seconds.</summary>
internal sealed record RdsSettings
{
    /// <summary>How long a new instance is "creating".</summary>
    public ServiceTime CreateInstanceSeconds { get; init; } = 1;

    /// <summary>How long a restored instance is "creating".</summary>
    public ServiceTime RestoreInstanceSeconds { get; init; } = 1;

    /// <summary>How long a new cluster is "creating".</summary>
    public ServiceTime CreateClusterSeconds { get; init; } = 1;

    /// <summary>How long a restored cluster is "creating".</summary>
    public ServiceTime RestoreClusterSeconds { get; init; } = 1;

    /// <summary>The same for a clone, which copies nothing.</summary>
    public ServiceTime CloneClusterSeconds { get; init; } = 1;

    /// <summary>How long a new member of a cluster is "creating".</summary>
    public ServiceTime CreateMemberSeconds { get; init; } = 1;

    /// <summary>The first backup of a new or restored instance, "backing-up".</summary>
    public ServiceTime BackupSeconds { get; init; } = 0.5;

    /// <summary>How long it is "modifying" after that, before it is "available" for the first time.</summary>
    public ServiceTime SettleSeconds { get; init; } = 0.5;

    /// <summary>How long the first "available" lasts until the instance leaves it once more by itself.</summary>
    public ServiceTime FlipAfterSeconds { get; init; } = 0.5;

    /// <summary>How long it then is "backing-up". With 0 it stays available.</summary>
    public ServiceTime FlipSeconds { get; init; } = 0.5;

    /// <summary>How long a modification is only pending, with the status still "available".</summary>
    public ServiceTime ModifyDelaySeconds { get; init; } = 0.2;

    /// <summary>Each status that a modification passes through.</summary>
    public ServiceTime ModifySeconds { get; init; } = 0.5;

    /// <summary>How long a renamed instance or cluster is "renaming", and answers to its old name only.</summary>
    public ServiceTime RenameSeconds { get; init; } = 1;

    /// <summary>"rebooting" until available again.</summary>
    public ServiceTime RebootSeconds { get; init; } = 0.5;

    /// <summary>"deleting" until it is gone.</summary>
    public ServiceTime DeleteSeconds { get; init; } = 1;

    /// <summary>PENDING to ACTIVE of a role, and its going.</summary>
    public ServiceTime RoleSeconds { get; init; } = 0.5;

    /// <summary>"creating", "modifying" and "deleting" of a custom endpoint.</summary>
    public ServiceTime EndpointSeconds { get; init; } = 0.5;

    /// <summary>"creating" to "active" of a managed password's secret.</summary>
    public ServiceTime SecretSeconds { get; init; } = 0.5;

    /// <summary>How far the latest restorable time lies behind: logs are shipped every five minutes.</summary>
    public ServiceTime LatestRestorableLagSeconds { get; init; } = 300;

    /// <summary>Whether a parameter group that was given to a restore is "pending-reboot" instead of "in-sync" when it is done.</summary>
    public bool RestoredParametersPendReboot { get; init; }

    /// <summary>Describe answers hold no more than this, whatever is asked for.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Restores and new members that end badly: a glob over their names, and the status they end in, such as
    /// incompatible-parameters.</summary>
    public IReadOnlyDictionary<string, string?> FailRestores { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The account's quotas.</summary>
    public RdsLimits Limits { get; init; } = new();
}
