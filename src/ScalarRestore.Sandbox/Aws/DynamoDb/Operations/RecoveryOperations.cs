using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Switching point-in-time recovery, and saying how far it reaches.</summary>
internal static class RecoveryOperations
{
    public static void Describe(OperationContext call) => Write(call, call.Region.GetForBackup(call.Input.Required("TableName")));

    public static void Update(OperationContext call)
    {
        var (region, input, _, now) = call;
        var table = region.GetForBackup(input.Required("TableName"));
        var specification = input.Object("PointInTimeRecoverySpecification")
            ?? throw AwsException.Validation(
                "1 validation error detected: Value null at 'pointInTimeRecoverySpecification' failed to satisfy constraint: Member must not be null");
        if (table.Status == "DELETING")
            throw new AwsException("TableNotFoundException", $"Table not found: {table.Name}");

        RefuseTooEarly(region, table, now);
        var days = specification.Number("RecoveryPeriodInDays");
        if (days is < 1 or > 35)
            throw AwsException.Validation(
                "1 validation error detected: 'pointInTimeRecoverySpecification.recoveryPeriodInDays' must be between 1 and 35");

        if (specification.Flag("PointInTimeRecoveryEnabled") is true)
        {
            table.RecoveryDays = (int?)days ?? (table.RecoveryWanted ? table.RecoveryDays : 35);
            Enable(region, table, now);
        }
        else
        {
            // Off and on again begins a new window.
            table.RecoveryWanted = false;
            table.RecoverableFrom = null;
            table.Items.StopHistory();
        }

        Write(call, table);
    }

    /// <summary>A fresh table takes a moment until it can be backed up.</summary>
    public static void RefuseTooEarly(DynamoDbRegion region, Table table, DateTimeOffset now)
    {
        if (!IsReady(region, table, now))
            throw new AwsException(
                "ContinuousBackupsUnavailableException", $"Backups are being enabled for the table: {table.Name}. Please retry later");
    }

    private static bool IsReady(DynamoDbRegion region, Table table, DateTimeOffset now) =>
        table.ActiveSince is { } since
            && now >= since + region.Draw(region.Settings.ContinuousBackupsDelaySeconds, "continuous", table.Name);

    private static void Enable(DynamoDbRegion region, Table table, DateTimeOffset now)
    {
        if (table.RecoveryWanted)
            return;

        table.RecoveryWanted = true;
        var enabledAt = now + region.Draw(region.Settings.PitrEnableSeconds, "pitr", table.Name);
        region.Note(OperationKinds.RecoveryEnable, table.Name, now, enabledAt);
        if (enabledAt <= now)
            Start();
        else
            region.Timeline.At(enabledAt, Start);

        void Start()
        {
            if (table is not { RecoveryWanted: true, RecoverableFrom: null })
                return;

            table.RecoverableFrom = enabledAt;
            table.Items.StartHistory();
        }
    }

    private static void Write(OperationContext call, Table table)
    {
        var (region, _, writer, now) = call;
        writer.WriteStartObject("ContinuousBackupsDescription");
        writer.WriteString("ContinuousBackupsStatus", IsReady(region, table, now) ? "ENABLED" : "DISABLED");
        writer.WriteStartObject("PointInTimeRecoveryDescription");
        if (table.RecoverableFrom is null)
        {
            writer.WriteString("PointInTimeRecoveryStatus", "DISABLED");
        }
        else
        {
            writer.WriteString("PointInTimeRecoveryStatus", "ENABLED");
            writer.WriteNumber("RecoveryPeriodInDays", table.RecoveryDays);
            writer.WriteInstant("EarliestRestorableDateTime", DynamoDbRegion.EarliestRestorable(table, now));
            writer.WriteInstant("LatestRestorableDateTime", region.LatestRestorable(table, now));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
