using System.Globalization;
using System.Text.RegularExpressions;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.DynamoDb;

/// <summary>DynamoDB of one account in one region. Everything in it is guarded by <see cref="Lock"/>.</summary>
internal sealed partial class DynamoDbRegion(string account, string region, SandboxClock clock, SettingsStore settings, int seed)
{
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _nameFreeAt = new(StringComparer.Ordinal);
    private readonly Random _random = new(seed);

    public Lock Lock { get; } = new();

    public string Account => account;

    public string Region => region;

    public DynamoDbSettings Settings => settings.Current.DynamoDb;

    public Timeline Timeline { get; } = new();

    public SortedDictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Backup> Backups { get; } = new(StringComparer.Ordinal);

    /// <summary>What the service was and is busy with, in the order in which it was taken on.</summary>
    public List<ServiceOperation> Operations { get; } = [];

    /// <summary>Lets everything due happen, and says what time it is.</summary>
    public DateTimeOffset Advance()
    {
        var now = clock.Now;
        Timeline.Advance(now);
        return now;
    }

    public TimeSpan Draw(ServiceTime time, string kind, string name) => time.Draw(seed, kind, name);

    /// <summary>Writes down what the service is busy with. The end is known from the start.</summary>
    public void Note(string kind, string table, DateTimeOffset from, DateTimeOffset until, string? source = null) =>
        Operations.Add(new ServiceOperation(kind, table, source, from, until));

    public void Throttle(string operation, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(operation, out var bucket))
            _buckets[operation] = bucket = new TokenBucket();

        var limits = Settings.Limits;
        if (!bucket.TryTake(limits.CallRates.GetValueOrDefault(operation, limits.DefaultCallRate), now))
            throw new AwsException("ThrottlingException", "Rate of requests exceeds the allowed throughput.");
    }

    /// <summary>The table's name, whether it was given plainly or as an ARN.</summary>
    public static string PlainName(string nameOrArn) => nameOrArn.Split(":table/") is [_, var rest] ? rest.Split('/')[0] : nameOrArn;

    /// <summary>Checks a name of a table, an index or a backup.</summary>
    public static string Checked(string name) => NamePattern().IsMatch(name)
        ? name
        : throw AwsException.Validation(
            $"Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.': {name}");

    public string TableArn(string name) => $"arn:aws:dynamodb:{region}:{account}:table/{name}";

    public Table? Find(string nameOrArn) => Tables.GetValueOrDefault(PlainName(nameOrArn));

    /// <summary>The table, or ResourceNotFoundException.</summary>
    public Table Get(string nameOrArn) => Find(nameOrArn)
        ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Table: {PlainName(nameOrArn)} not found");

    /// <summary>The table, or TableNotFoundException: the backup operations have an error of their own.</summary>
    public Table GetForBackup(string nameOrArn) => Find(nameOrArn)
        ?? throw new AwsException("TableNotFoundException", $"Table not found: {PlainName(nameOrArn)}");

    /// <summary>The table for reading or writing its items.</summary>
    public Table GetForItems(string nameOrArn)
    {
        var table = Find(nameOrArn);
        if (table is null or { Status: "CREATING" } || (table.Status == "DELETING" && !Settings.PendingWritesAfterDeleteAccepted))
            throw new AwsException("ResourceNotFoundException", "Requested resource not found");

        return table.IsKeyDisabled
            ? throw AwsException.Validation("The table's KMS key is not accessible: the customer managed key is disabled.")
            : table;
    }

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public string NewBackupArn(string table, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{TableArn(table)}/backup/{now.ToUnixTimeMilliseconds():D14}-{_random.Next():x8}");

    /// <summary>Refuses when too many tables are being changed already.</summary>
    public void RefuseTooManyOperations(bool hasIndexes)
    {
        var busy = Tables.Values.Where(t => t.IsBusy).ToArray();
        if (busy.Length >= Settings.Limits.SimultaneousTableOperations)
        {
            throw new AwsException("LimitExceededException", string.Create(CultureInfo.InvariantCulture,
                $"Subscriber limit exceeded: Only {Settings.Limits.SimultaneousTableOperations} tables can be created, updated, or deleted simultaneously"));
        }

        if (hasIndexes && busy.Count(t => t.Indexes.Count > 0) >= Settings.Limits.SimultaneousIndexedTableOperations)
        {
            throw new AwsException("LimitExceededException", string.Create(CultureInfo.InvariantCulture,
                $"Subscriber limit exceeded: There is a limit of {Settings.Limits.SimultaneousIndexedTableOperations} indexed tables that can be created simultaneously"));
        }
    }

    /// <summary>Whether a name is still held back after its table went.</summary>
    public bool IsNameHeld(string name, DateTimeOffset now) => _nameFreeAt.TryGetValue(name, out var freeAt) && now < freeAt;

    /// <summary>Adds a table that becomes ACTIVE, its indexes a little later where it is restored.</summary>
    public void Add(Table table, TimeSpan activeAfter, TimeSpan indexesAfter, Action? whenActive = null)
    {
        if (Tables.Count >= Settings.Limits.Tables)
            throw new AwsException(
                "LimitExceededException",
                $"Subscriber limit exceeded: Total table limit reached: {Settings.Limits.Tables.ToString(CultureInfo.InvariantCulture)}");

        Tables.Add(table.Name, table);
        table.SetIndexes("CREATING");
        var activeAt = table.CreatedAt + activeAfter;
        Timeline.At(activeAt, () =>
        {
            table.Status = "ACTIVE";
            table.ActiveSince = activeAt;
            whenActive?.Invoke();
        });
        Note(OperationKinds.BackupReadiness, table.Name, activeAt, activeAt + Draw(Settings.ContinuousBackupsDelaySeconds, "continuous", table.Name));
        if (indexesAfter > TimeSpan.Zero && table.Indexes.Exists(i => i.Shape.IsGlobal))
            Note(OperationKinds.Indexes, table.Name, activeAt, activeAt + indexesAfter);
        foreach (var index in table.Indexes)
            Timeline.At(activeAt + (index.Shape.IsGlobal ? indexesAfter : TimeSpan.Zero), () => index.Status = "ACTIVE");
    }

    /// <summary>Begins the deletion of a table; its history goes with it.</summary>
    public void Remove(Table table, DateTimeOffset now)
    {
        table.Status = "DELETING";
        var goneAt = now + Draw(Settings.DeleteTableSeconds, "delete", table.Name);
        var freeAt = goneAt + Draw(Settings.NameReleaseSeconds, "release", table.Name);
        Note(OperationKinds.Delete, table.Name, now, goneAt);
        Note(OperationKinds.NameRelease, table.Name, goneAt, freeAt);
        Timeline.At(goneAt, () =>
        {
            Tables.Remove(table.Name);
            _nameFreeAt[table.Name] = freeAt;
        });
    }

    /// <summary>Puts a table into UPDATING for a while.</summary>
    public void Update(Table table, DateTimeOffset now, Action? whenDone = null)
    {
        table.Status = "UPDATING";
        var doneAt = now + Draw(Settings.UpdateTableSeconds, "update", table.Name);
        Note(OperationKinds.Update, table.Name, now, doneAt);
        Timeline.At(doneAt, () =>
        {
            whenDone?.Invoke();
            if (table.Status == "UPDATING")
                table.Status = "ACTIVE";
        });
    }

    /// <summary>The item count as the service would tell it: as old as the last time it was counted.</summary>
    public StaleCount Count(Table table, DateTimeOffset now)
    {
        // Counted at fixed steps from the creation, so that it does not depend on who asks when.
        var step = Draw(Settings.ItemCountRefreshSeconds, "count", table.Name);
        if (step > TimeSpan.Zero && table.Status != "CREATING")
        {
            var latest = table.CreatedAt + (Math.Floor((now - table.CreatedAt) / step) * step);
            if (latest > table.CreatedAt && latest > table.Counted.At)
                table.Counted = new StaleCount(table.Items.Count, table.Items.Size, latest);
        }
        else if (step == TimeSpan.Zero)
        {
            table.Counted = new StaleCount(table.Items.Count, table.Items.Size, now);
        }

        return table.Counted;
    }

    /// <summary>The newest instant that point-in-time recovery reaches.</summary>
    public DateTimeOffset LatestRestorable(Table table, DateTimeOffset now)
    {
        var latest = now - Draw(Settings.LatestRestorableLagSeconds, "lag", table.Name);
        return latest > table.RecoverableFrom ? latest : table.RecoverableFrom ?? latest;
    }

    /// <summary>The oldest instant that point-in-time recovery reaches.</summary>
    public static DateTimeOffset EarliestRestorable(Table table, DateTimeOffset now)
    {
        var oldest = now.AddDays(-table.RecoveryDays);
        return table.RecoverableFrom > oldest ? table.RecoverableFrom.Value : oldest;
    }

    /// <summary>Takes a backup of what the table holds now.</summary>
    public Backup Snapshot(Table table, string name, string type, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var backup = new Backup
        {
            Arn = NewBackupArn(table.Name, now),
            Name = name,
            Type = type,
            CreatedAt = now,
            ExpiresAt = expiresAt,
            TableName = table.Name,
            TableArn = table.Arn,
            TableId = table.Id,
            TableCreatedAt = table.CreatedAt,
            Origin = table.Origin,
            Shape = table.Shape,
            Items = table.Items.Snapshot(),
            Bytes = table.Items.Size,
            Counted = Count(table, now),
            StreamView = table.StreamView,
            StreamArn = table.StreamArn,
            TtlAttribute = table.TtlStatus is "ENABLED" or "ENABLING" ? table.TtlAttribute : null,
            OnDemand = table.OnDemand,
        };
        Backups.Add(backup.Arn, backup);
        return backup;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.\-]{3,255}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
