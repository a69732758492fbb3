using System.Globalization;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Making, describing, listing and deleting tables.</summary>
internal static class TableOperations
{
    public static void Create(OperationContext call)
    {
        var (region, input, _, now) = call;
        var name = DynamoDbRegion.Checked(DynamoDbRegion.PlainName(input.Required("TableName")));
        if (region.Find(name) is not null)
            throw new AwsException("ResourceInUseException", $"Table already exists: {name}");

        var shape = ShapeReader.Table(call);
        region.RefuseTooManyOperations(shape.Indexes.Count > 0);
        var table = new Table
        {
            Name = name,
            Arn = region.TableArn(name),
            Id = region.NewGuid().ToString(),
            CreatedAt = now,
            Origin = name,
            Shape = shape,
            Items = new ItemStore(),
            HasBeenOnDemand = shape.IsOnDemand,
            DeletionProtection = input.Flag("DeletionProtectionEnabled") ?? false,
            TableClass = input.Text("TableClass"),
            OnDemand = Throughput.OnDemand(input),
            Warm = Throughput.Warm(input),
        };
        if (input.Object("StreamSpecification") is { } stream && stream.Flag("StreamEnabled") is true)
            StartStream(table, stream.Required("StreamViewType"), now);

        foreach (var tag in input.Elements("Tags"))
            table.Tags[tag.Required("Key")] = tag.Required("Value");

        if (input.Text("ResourcePolicy") is { } policy)
            table.Policies[table.Arn] = new ResourcePolicy(policy, PolicyOperations.NewRevision(region));

        var time = region.Draw(region.Settings.CreateTableSeconds, "create", name);
        region.Note(OperationKinds.Create, name, now, now + time);
        region.Add(table, time, TimeSpan.Zero);
        TableDescription.Write(call, table, "TableDescription");
    }

    public static void Describe(OperationContext call) =>
        TableDescription.Write(call, call.Region.Get(call.Input.Required("TableName")), "Table");

    public static void Delete(OperationContext call)
    {
        var (region, input, _, now) = call;
        var table = region.Get(input.Required("TableName"));
        if (table.Status is "CREATING" or "UPDATING")
            throw new AwsException(
                "ResourceInUseException",
                $"Attempt to change a resource which is still in use: Table is being {(table.Status == "CREATING" ? "created" : "updated")}: {table.Name}");

        if (table.Status == "ACTIVE")
        {
            RefuseDeletion(region, table);
            if (table.RecoverableFrom is not null)
                region.Snapshot(table, table.Name + "$DeletedTableBackup", "SYSTEM", now, now.AddDays(35)).Status = "AVAILABLE";

            region.Remove(table, now);
        }

        // A second deletion is no error.
        TableDescription.Write(call, table, "TableDescription");
    }

    public static void List(OperationContext call)
    {
        var (region, input, writer, _) = call;
        var limit = (int)(input.Number("Limit") ?? 100);
        if (limit is < 1 or > 100)
            throw AwsException.Validation(
                $"1 validation error detected: Value '{limit.ToString(CultureInfo.InvariantCulture)}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100");

        var after = input.Text("ExclusiveStartTableName");
        var names = region.Tables.Keys.Where(n => string.CompareOrdinal(n, after) > 0).Take(limit + 1).ToArray();
        writer.WriteStrings("TableNames", names.Take(limit));
        if (names.Length > limit)
            writer.WriteString("LastEvaluatedTableName", names[limit - 1]);
    }

    /// <summary>Switches the stream on: a new one, with an ARN of its own.</summary>
    public static void StartStream(Table table, string view, DateTimeOffset now)
    {
        table.StreamView = view;
        table.StreamLabel = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    private static void RefuseDeletion(DynamoDbRegion region, Table table)
    {
        if (table.DeletionProtection)
            throw AwsException.Validation(
                $"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. Table: {table.Name}");

        if (table.Replicas.Count > 0)
            throw AwsException.Validation(
                "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.");

        if (region.Backups.Values.Any(b => b.Status == "CREATING" && string.Equals(b.TableId, table.Id, StringComparison.Ordinal)))
            throw new AwsException(
                "ResourceInUseException", $"Attempt to change a resource which is still in use: Table is being backed up: {table.Name}");

        if (table.Indexes.Exists(i => i.Status != "ACTIVE"))
            throw new AwsException(
                "ResourceInUseException",
                $"Attempt to change a resource which is still in use: Table {table.Name} has an index that is being changed");

        region.RefuseTooManyOperations(hasIndexes: false);
    }
}
