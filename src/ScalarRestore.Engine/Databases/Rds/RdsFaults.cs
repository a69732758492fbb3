namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>The faults of RDS databases.</summary>
internal static class RdsFaults
{
    private const int MostEvents = 5;

    /// <summary>What was made is gone.</summary>
    public static RestoreException Vanished(string what, string place) => new(
        "DatabaseNotFound", FaultCategory.ObjectNotFound, $"{what} in {place} is gone, though nothing of this run deleted it.", what, "Find out who deleted or renamed it before going on.");

    /// <summary>There is another one of the name.</summary>
    public static RestoreException NameTaken(string what, string place) => new(
        "TargetNameTaken",
        FaultCategory.ResourceExists,
        $"{what} in {place} exists already, and was not made by this run from the same database to the same time. Nothing was done to it.",
        what,
        "Rename or delete it if it is not needed, then run the command again.");

    /// <summary>The source is another one than was planned for.</summary>
    public static RestoreException IdentityChanged(RdsIdentity source, string? found) => new(
        "DatabaseIdentityChanged",
        FaultCategory.InvalidData,
        $"{source.What} in {source.Place} is not the one that was planned for: its resource id is {found ?? "unknown"}, planned was {source.ResourceId}.",
        source.Arn,
        "Someone has renamed it or made it again. Run Restore-ScalarDatabase again on this run (nothing live was changed).");

    /// <summary>Waiting does not help any more.</summary>
    public static RestoreException Dead(string what, string place, string status, IReadOnlyList<string> events, string resume) => new(
        "DatabaseUnusable",
        FaultCategory.InvalidOperation,
        $"{what} in {place} is {status} and will not become available by waiting.{Words(events)}",
        what,
        $"The workloads stay stopped. Mend what the events say, then go on with: {resume}");

    private static string Words(IReadOnlyList<string> events) =>
        events.Count == 0 ? " There are no events." : $" Its last events:{string.Concat(events.TakeLast(MostEvents).Select(one => $"{Environment.NewLine}- {one}"))}";
}
