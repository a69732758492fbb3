namespace ScalarRestore.Sandbox.Aws.DynamoDb;

/// <summary>The kinds of operations that <c>GET /operations</c> tells of.</summary>
internal static class OperationKinds
{
    /// <summary>CREATING to ACTIVE of a new table.</summary>
    public const string Create = "create";

    /// <summary>A restore to a point in time, until the table is ACTIVE.</summary>
    public const string RestoreToTime = "restore-pitr";

    /// <summary>A restore from a backup, until the table is ACTIVE.</summary>
    public const string RestoreBackup = "restore-backup";

    /// <summary>From a restored table being ACTIVE until its indexes are.</summary>
    public const string Indexes = "indexes";

    /// <summary>From a table being ACTIVE until it takes backups.</summary>
    public const string BackupReadiness = "backup-readiness";

    /// <summary>CREATING to AVAILABLE of a backup.</summary>
    public const string Backup = "backup";

    /// <summary>DELETING until the table is gone.</summary>
    public const string Delete = "delete";

    /// <summary>From a table being gone until its name can be restored to.</summary>
    public const string NameRelease = "name-release";

    /// <summary>UPDATING to ACTIVE.</summary>
    public const string Update = "update";

    /// <summary>Point-in-time recovery being switched on.</summary>
    public const string RecoveryEnable = "recovery-enable";
}
