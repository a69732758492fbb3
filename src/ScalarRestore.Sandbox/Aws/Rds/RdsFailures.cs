using ScalarRestore.Sandbox.Aws.Rds.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>The statuses that a database does not leave by itself.</summary>
internal static class RdsFailures
{
    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["failed"] = "has failed, and RDS cannot recover it. Restore it to its latest restorable time.",
        ["restore-error"] = "encountered an error while it was being restored.",
        ["incompatible-restore"] = "cannot be restored to the requested point in time: the engine found damaged or unsupported objects.",
        ["incompatible-parameters"] = "has parameters that are not compatible with its version or class, and cannot start.",
        ["incompatible-network"] = "is in an incompatible network. Some of the specified subnet IDs are invalid or do not exist.",
        ["incompatible-option-group"] = "could not have its options changed: the option group is not compatible with it.",
        ["insufficient-capacity"] = "could not be created because there is not enough capacity of its class in the zone.",
        ["inaccessible-encryption-credentials"] = "cannot be accessed because its KMS key is not accessible.",
        ["inaccessible-encryption-credentials-recoverable"] = "cannot be accessed because its KMS key is not accessible.",
        ["storage-full"] = "has exhausted its allocated storage.",
        ["cloning-failed"] = "could not be cloned.",
        ["migration-failed"] = "could not be migrated.",
    };

    public static bool IsDead(string status) => Messages.ContainsKey(status);

    /// <summary>How a restore or a new member of that name is to end; null for well.</summary>
    public static string? Wanted(RdsRegion region, string name)
    {
        foreach (var (glob, status) in region.Settings.FailRestores)
        {
            if (!string.IsNullOrEmpty(status) && Glob.Matches(glob, name))
                return IsDead(status)
                    ? status
                    : throw new AwsException("InternalFailure", $"failRestores: {status} is no dead status.", 500);
        }

        return null;
    }

    public static string Message(RdsDatabase database, string status) =>
        $"The {(database is DbCluster ? "DB cluster" : "DB instance")} {Messages[status]}";
}
