using System.Globalization;
using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>
/// Both restores. A restored table has the items, keys, indexes, throughput and encryption of its source, and nothing else: no stream, no
/// time to live, no tags, no point-in-time recovery, no deletion protection, no policy.
/// </summary>
internal static class RestoreOperations
{
    public static void ToPointInTime(OperationContext call)
    {
        var (region, input, _, now) = call;
        var source = region.GetForBackup(input.Text("SourceTableName") ?? input.Text("SourceTableArn")
            ?? throw AwsException.Validation("One of SourceTableName and SourceTableArn must be given."));
        var target = CheckTarget(call);
        if (source.Status is "CREATING" or "DELETING")
            throw new AwsException("TableInUseException", $"Table is being created or deleted: {source.Name}");

        if (source.IsKeyDisabled)
            throw AwsException.Validation($"The KMS key of table {source.Name} is not accessible.");

        if (source.RecoverableFrom is null)
            throw new AwsException(
                "PointInTimeRecoveryUnavailableException", $"Point in time recovery is not enabled for table '{source.Name}'");

        var latest = region.LatestRestorable(source, now);
        var at = PointInTime(input, latest);
        if (at < DynamoDbRegion.EarliestRestorable(source, now) || at > latest)
            throw new AwsException("InvalidRestoreTimeException", string.Create(CultureInfo.InvariantCulture,
                $"RestoreDateTime {at:O} is outside the restorable window {DynamoDbRegion.EarliestRestorable(source, now):O} to {latest:O}"));

        RefuseTooManyRestores(region);
        var shape = Overridden(
            call, source.Shape with { Indexes = [.. source.Indexes.Where(i => i.Status != "DELETING").Select(i => i.Shape)] });

        var time = region.Draw(region.Settings.RestoreSeconds, "restore", source.Origin);

        // What was written up to that instant cannot change any more, so it can be taken now.
        Add(call, target, shape, new ItemStore(source.Items.AsOf(at)), region.Count(source, now),
            new RestoreSummary(source.Arn, SourceBackupArn: null, at, InProgress: true), source.Origin, time, whenDone: null);
        region.Note(OperationKinds.RestoreToTime, target, now, now + time, source.Name);
    }

    public static void FromBackup(OperationContext call)
    {
        var (region, input, _, now) = call;
        var backup = BackupOperations.Get(region, input.Required("BackupArn"));
        var target = CheckTarget(call);
        if (backup.Status != "AVAILABLE")
            throw new AwsException("BackupInUseException", $"Backup is being created: {backup.Arn}");

        RefuseTooManyRestores(region);
        var shape = Overridden(call, backup.Shape);
        var time = region.Draw(region.Settings.RestoreBackupSeconds, "restoreBackup", backup.Origin);
        backup.Readers++;
        Add(call, target, shape, new ItemStore(backup.Items), backup.Counted,
            new RestoreSummary(backup.TableArn, backup.Arn, backup.CreatedAt, InProgress: true), backup.Origin, time, () => backup.Readers--);
        region.Note(OperationKinds.RestoreBackup, target, now, now + time, backup.TableName);
    }

    // To the second where a time is given: a part of a second is not asked for by AWS and not honoured here.
    private static DateTimeOffset PointInTime(JsonElement input, DateTimeOffset latest)
    {
        var given = input.Instant("RestoreDateTime");
        if (input.Flag("UseLatestRestorableTime") is true)
        {
            return given is null
                ? latest
                : throw AwsException.Validation("Only one of RestoreDateTime and UseLatestRestorableTime can be specified.");
        }

        return given is { } time
            ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds())
            : throw AwsException.Validation("Either RestoreDateTime or UseLatestRestorableTime must be specified.");
    }

    private static string CheckTarget(OperationContext call)
    {
        var (region, input, _, now) = call;
        var target = DynamoDbRegion.Checked(input.Required("TargetTableName"));
        var table = region.Find(target);
        if (table is { Status: "CREATING" or "DELETING" } || (table is null && region.IsNameHeld(target, now)))
        {
            throw new AwsException(
                "TableInUseException", $"A target table with the specified name is either being created or deleted: {target}");
        }

        return table is null ? target : throw new AwsException("TableAlreadyExistsException", $"Table already exists: {target}");
    }

    private static void RefuseTooManyRestores(DynamoDbRegion region)
    {
        var limit = region.Settings.Limits.ConcurrentRestores;
        if (region.Tables.Values.Count(t => t.Restore is { InProgress: true }) >= limit)
            throw new AwsException("LimitExceededException", $"Subscriber limit exceeded: Only {limit} table restores can be in progress simultaneously");
    }

    private static TableShape Overridden(OperationContext call, TableShape shape)
    {
        var input = call.Input;
        var isOnDemand = ShapeReader.IsOnDemand(input.Text("BillingModeOverride")) ?? shape.IsOnDemand;
        if (input.Object("ProvisionedThroughputOverride") is { } provisioned)
        {
            var units = new Throughput(provisioned.Number("ReadCapacityUnits") ?? 0, provisioned.Number("WriteCapacityUnits") ?? 0);
            shape = shape with { Throughput = units };
        }

        if (isOnDemand)
            shape = shape with { Throughput = default, Indexes = [.. shape.Indexes.Select(i => i with { Throughput = default })] };
        else
            ShapeReader.CheckThroughput(isOnDemand, shape.Throughput, "table");

        shape = shape with { IsOnDemand = isOnDemand };
        shape = OverriddenIndexes(input, shape, isGlobal: true, "GlobalSecondaryIndexOverride");
        shape = OverriddenIndexes(input, shape, isGlobal: false, "LocalSecondaryIndexOverride");
        if (input.Object("SSESpecificationOverride") is { } sse)
            shape = shape with { Encryption = Encryption.Read(sse, call.Region.Account, call.Region.Region) };

        return shape.Trimmed();
    }

    // A list means "only these", an empty list none; the indexes named must be the source's own.
    private static TableShape OverriddenIndexes(JsonElement input, TableShape shape, bool isGlobal, string member)
    {
        if (!input.Has(member))
            return shape;

        var wanted = input.Elements(member).ToArray();
        if (Array.Exists(wanted, w => w.Has("WarmThroughput")))
            throw AwsException.Validation(
                "One or more parameter values were invalid: WarmThroughput cannot be specified in an index override");

        var indexes = wanted.Select(w => ShapeReader.Index(w, shape.Attributes, isGlobal, shape.IsOnDemand)).ToArray();
        foreach (var index in indexes)
        {
            if (!shape.Indexes.Any(
                i => i.IsGlobal == isGlobal && string.Equals(i.Name, index.Name, StringComparison.Ordinal) && i.Keys == index.Keys))
                throw AwsException.Validation(
                    $"One or more parameter values were invalid: The index {index.Name} is not in the source table");
        }

        return shape with { Indexes = [.. shape.Indexes.Where(i => i.IsGlobal != isGlobal), .. indexes] };
    }

    private static void Add(
        OperationContext call, string name, TableShape shape, ItemStore items, StaleCount counted, RestoreSummary summary, string origin,
            TimeSpan time, Action? whenDone)
    {
        var region = call.Region;
        region.RefuseTooManyOperations(shape.Indexes.Count > 0);
        var table = new Table
        {
            Name = name,
            Arn = region.TableArn(name),
            Id = region.NewGuid().ToString(),
            CreatedAt = call.Now,
            Origin = origin,
            Shape = shape,
            Items = items,
            HasBeenOnDemand = shape.IsOnDemand,
            Restore = summary,
            Counted = counted,
        };
        region.Add(table, time, region.Draw(region.Settings.IndexExtraSeconds, "index", name), () =>
        {
            table.Restore = summary with { InProgress = false };
            whenDone?.Invoke();
        });
        TableDescription.Write(call, table, "TableDescription");
    }
}
