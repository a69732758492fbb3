namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>What can be wrong with a table before it is restored.</summary>
internal static class CaptureFaults
{
    /// <summary>There is no such table.</summary>
    public static RestoreException NotFound(string table, string place, string why) => new(
        "TableNotFound", FaultCategory.ObjectNotFound, $"Table {table} does not exist in {place}{why}.", table, "Check the table's name, the account and the region.");

    /// <summary>It has no history to go back in.</summary>
    public static RestoreException RecoveryOff(string table, string place, string arn) => new(
        "PointInTimeRecoveryOff",
        FaultCategory.InvalidOperation,
        $"Point-in-time recovery of table {table} in {place} is off, so that it cannot go back in time.",
        arn,
        $"Leave the table out, or restore its last on-demand backup yourself. For the future: aws dynamodb update-continuous-backups --table-name {table} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true");

    /// <summary>It has replicas.</summary>
    public static RestoreException Global(string table, string place, string arn, IEnumerable<string> regions) => new(
        "GlobalTable",
        FaultCategory.InvalidOperation,
        $"Table {table} in {place} is a global table with replicas in {string.Join(", ", regions)}; deleting it would leave them behind.",
        arn,
        "Remove its replicas first, and add them again after the restore.");

    /// <summary>It is busy or broken.</summary>
    public static RestoreException NotActive(string table, string place, string arn, string status) => new(
        "TableNotActive", FaultCategory.InvalidOperation, $"Table {table} in {place} is {status}, not ACTIVE.", arn, "Wait until the table and all its indexes are ACTIVE, then plan again.");

    /// <summary>The restore point lies before the table's history.</summary>
    public static RestoreException TooEarly(string table, string place, string arn, DateTimeOffset time, DateTimeOffset earliest) => new(
        "RestoreTimeTooEarly",
        FaultCategory.InvalidArgument,
        $"Table {table} in {place} cannot go back to {time.UtcDateTime:u}; its history begins at {earliest.UtcDateTime:u}.",
        arn,
        "Choose a later restore point: Get-ScalarDatabase shows how far back each table goes.");

    /// <summary>The restore point has not come yet.</summary>
    public static RestoreException InFuture(DateTimeOffset time, DateTimeOffset now) => new(
        "RestoreTimeInFuture",
        FaultCategory.InvalidArgument,
        $"The restore point {time.UtcDateTime:u} lies in the future; it is {now.UtcDateTime:u}.",
        time.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
        "Check the time zone: times without an offset are easily mistaken.");

    /// <summary>Nothing was selected.</summary>
    public static RestoreException Nothing(string why) => new(
        "NothingSelected", FaultCategory.InvalidArgument, $"No DynamoDB table is selected: {why}.", mend: "Name tables with -TableName, or give -SchemaFile, or workloads that use DynamoDB.");
}
