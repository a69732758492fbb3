namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Times, misfortunes and disputed behaviour of Azure Database for MySQL or PostgreSQL; times in sandbox seconds.</summary>
internal sealed record FlexibleServerSettings
{
    /// <summary>Until a new server is Ready.</summary>
    public ServiceTime CreateSeconds { get; init; } = 1;

    /// <summary>Until a restored server is Ready.</summary>
    public ServiceTime RestoreSeconds { get; init; } = 1;

    /// <summary>The part of a restore or creation during which the server is not found yet.</summary>
    public double UnseenShare { get; init; } = 0.7;

    /// <summary>Updating of a server, its high availability included.</summary>
    public ServiceTime UpdateSeconds { get; init; } = 0.5;

    public ServiceTime RestartSeconds { get; init; } = 0.5;

    /// <summary>Starting or Stopping.</summary>
    public ServiceTime StartStopSeconds { get; init; } = 0.5;

    /// <summary>Dropping until a server is gone.</summary>
    public ServiceTime DeleteSeconds { get; init; } = 0.5;

    /// <summary>Each change of a firewall rule, a parameter, an administrator or a database.</summary>
    public ServiceTime ChildSeconds { get; init; } = 0.2;

    /// <summary>After a server is Ready: how long it has no earliest restore date yet.</summary>
    public ServiceTime FirstBackupSeconds { get; init; } = 1;

    /// <summary>How far behind the newest restorable time lies; a restore to the present is taken all the same where this is 0.</summary>
    public ServiceTime LogLagSeconds { get; init; } = 0;

    /// <summary>What Retry-After says; null for no such header.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>Whether a restored server has its source's firewall rules: the documentation contradicts itself (domain/azure.md, section
    /// 3.1).</summary>
    public bool FirewallCopied { get; init; }

    /// <summary>Whether a restored server has its source's parameters; disputed as well.</summary>
    public bool ParametersApplied { get; init; }

    /// <summary>Whether a restored server has its source's tags besides those that are asked for.</summary>
    public bool TagsCopied { get; init; }

    /// <summary>Whether a restored server has its source's administrators of Microsoft Entra; no source says.</summary>
    public bool AdministratorsCopied { get; init; }

    /// <summary>Restores that fail: a glob over their names, and the code that they fail with.</summary>
    public IReadOnlyDictionary<string, string?> FailRestores { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
