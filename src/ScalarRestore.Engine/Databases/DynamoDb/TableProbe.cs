using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>A table as it is, with what is wrong with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its description; null if there is none.</param>
/// <param name="Backups">Its continuous backups; null if they could not be read.</param>
/// <param name="Faults">What stands against restoring it.</param>
internal sealed record TableProbe(string Name, TableDescription? Table, ContinuousBackupsDescription? Backups, IReadOnlyList<RestoreException> Faults)
{
    /// <summary>The earliest second that it can go back to.</summary>
    public DateTimeOffset? Earliest => Backups?.PointInTimeRecoveryDescription?.EarliestRestorableDateTime is { } t ? AwsTime.ToUtc(t) : null;

    /// <summary>The latest second that it can go back to.</summary>
    public DateTimeOffset? Latest => Backups?.PointInTimeRecoveryDescription?.LatestRestorableDateTime is { } t ? AwsTime.ToUtc(t) : null;

    /// <summary>Whether point-in-time recovery is on.</summary>
    public bool IsRecoverable => Backups is not null && TableReader.IsRecoverable(Backups);

    /// <summary>Reads a table and judges it.</summary>
    public static async Task<TableProbe> ReadAsync(DynamoDbService service, string name, string place, CancellationToken cancellationToken)
    {
        try
        {
            var table = await service.DescribeTableAsync(name, cancellationToken).ConfigureAwait(false);
            if (table is null)
                return new TableProbe(name, Table: null, Backups: null, [CaptureFaults.NotFound(name, place, "")]);
            var backups = await service.DescribeContinuousBackupsAsync(name, cancellationToken).ConfigureAwait(false);
            return new TableProbe(name, table, backups, Judge(table, backups, place));
        }
        catch (RestoreException fault) when (fault.Id is "AwsAccessDenied" or "TableNotFound")
        {
            return new TableProbe(name, Table: null, Backups: null, [fault]);
        }
    }

    /// <summary>What stands against restoring a table at all. Pure.</summary>
    public static IReadOnlyList<RestoreException> Judge(TableDescription table, ContinuousBackupsDescription backups, string place)
    {
        var faults = new List<RestoreException>();
        if (!TableShape.IsReady(table))
            faults.Add(CaptureFaults.NotActive(table.TableName, place, table.TableArn, TableShape.Status(table)));
        if (!TableReader.IsRecoverable(backups))
            faults.Add(CaptureFaults.RecoveryOff(table.TableName, place, table.TableArn));
        if (table.Replicas is { Count: > 0 } replicas)
            faults.Add(CaptureFaults.Global(table.TableName, place, table.TableArn, replicas.Select(r => r.RegionName)));
        return faults;
    }

    /// <summary>As shown to people.</summary>
    public DatabaseTable ToDatabaseTable() => new()
    {
        Name = Name,
        Arn = Table?.TableArn ?? "",
        Id = Table?.TableId ?? "",
        Status = Table?.TableStatus?.Value ?? "UNKNOWN",
        PointInTimeRecovery = IsRecoverable,
        EarliestRestorableTime = Earliest,
        LatestRestorableTime = Latest,
        ApproximateItems = Table?.ItemCount,
        ApproximateBytes = Table?.TableSizeBytes,
        Indexes = Table?.GlobalSecondaryIndexes?.Count ?? 0,
        Faults = [.. Faults.Select(f => $"[{f.Id}] {f.Message}")],
    };
}
