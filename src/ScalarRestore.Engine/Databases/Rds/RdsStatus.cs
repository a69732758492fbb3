using System.Collections.Frozen;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>What the words for a database's state mean. (RDS User Guide, "Viewing DB instance status"; Aurora User Guide, "Viewing DB cluster status".)</summary>
internal static class RdsStatus
{
    private static readonly FrozenSet<string> DeadWords = FrozenSet.ToFrozenSet(
        [
            "failed", "restore-error", "insufficient-capacity", "storage-full", "deleting", "deleted", "cloning-failed", "migration-failed",
            "stopped", "stopping", "inaccessible-encryption-credentials", "inaccessible-encryption-credentials-recoverable",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether it can be connected to, though it may not be changed yet.</summary>
    public static bool IsUsable(string? status) => IsAvailable(status) || status is "backing-up" || status?.StartsWith("configuring-", StringComparison.Ordinal) == true;

    /// <summary>Whether it can be used and changed.</summary>
    public static bool IsAvailable(string? status) => status is "available" or "storage-optimization" or "storage-config-upgrade" or "storage-initialization";

    /// <summary>Whether nothing can be restored from it.</summary>
    public static bool IsLost(string? status) => status is "deleting" or "deleted" || status?.StartsWith("inaccessible-", StringComparison.Ordinal) == true;

    /// <summary>Whether waiting does not help any more.</summary>
    public static bool IsDead(string? status) => status is not null && (DeadWords.Contains(status) || status.StartsWith("incompatible-", StringComparison.Ordinal));
}
