using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>UpdateTable: one kind of change a call, on a table that is ACTIVE with all its indexes.</summary>
internal static class UpdateTableOperation
{
    public static void Run(OperationContext call)
    {
        var (region, input, _, _) = call;
        var table = region.Get(input.Required("TableName"));
        if (table.Status != "ACTIVE" || table.Indexes.Exists(i => i.Status != "ACTIVE"))
            throw new AwsException(
                "ResourceInUseException", $"Attempt to change a resource which is still in use: Table is being updated: {table.Name}");

        var change = Change(input);
        if (change != "protection")
            region.RefuseTooManyOperations(table.Indexes.Count > 0);

        switch (change)
        {
            case "protection":
                table.DeletionProtection = input.Flag("DeletionProtectionEnabled")!.Value;
                break;
            case "throughput":
                Throughputs(call, table);
                break;
            case "index":
                Index(call, table, input.Elements("GlobalSecondaryIndexUpdates").Single());
                break;
            case "stream":
                Stream(call, table, input.Object("StreamSpecification")!.Value);
                break;
            case "encryption":
                Encrypt(call, table, Encryption.Read(input.Object("SSESpecification")!.Value, region.Account, region.Region));
                break;
            case "class":
                var tableClass = input.Text("TableClass");
                region.Update(table, call.Now, () => table.TableClass = tableClass);
                break;
            case "warm":
                var warm = Throughput.Warm(input);
                region.Update(table, call.Now, () => table.Warm = warm);
                break;
            default:
                throw AwsException.Validation($"The sandbox does not know how to change this of a table: {change}");
        }

        TableDescription.Write(call, table, "TableDescription");
    }

    private static string Change(JsonElement input)
    {
        var kinds = new List<string>();
        Add("protection", "DeletionProtectionEnabled");
        Add("throughput", "BillingMode", "ProvisionedThroughput", "OnDemandThroughput");
        Add("stream", "StreamSpecification");
        Add("encryption", "SSESpecification");
        Add("class", "TableClass");
        Add("warm", "WarmThroughput");
        Add("replicas", "ReplicaUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates");
        var updates = input.Elements("GlobalSecondaryIndexUpdates").ToArray();
        if (Array.TrueForAll(updates, u => u.Has("Update")) && updates.Length > 0 && !kinds.Contains("throughput"))
            kinds.Add("throughput");

        kinds.AddRange(updates.Where(u => !u.Has("Update")).Select(_ => "index"));
        return kinds switch
        {
            [] => throw AwsException.Validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required"),
            [var kind] => kind,
            ["index", "index", ..] => throw new AwsException(
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"),
            _ => throw AwsException.Validation(
                "One or more parameter values were invalid: Only one kind of change to a table is allowed in a single UpdateTable call: " + string.Join(", ", kinds)),
        };

        void Add(string kind, params ReadOnlySpan<string> members)
        {
            foreach (var member in members)
            {
                if (input.Has(member) && !kinds.Contains(kind))
                    kinds.Add(kind);
            }
        }
    }

    private static void Throughputs(OperationContext call, Table table)
    {
        var (region, input, _, now) = call;
        var wasOnDemand = table.Shape.IsOnDemand;
        var isOnDemand = ShapeReader.IsOnDemand(input.Text("BillingMode")) ?? wasOnDemand;
        var given = Throughput.Provisioned(input);
        if (given is not null || (wasOnDemand && !isOnDemand))
            ShapeReader.CheckThroughput(isOnDemand, given, "table");

        var updates = input.Elements("GlobalSecondaryIndexUpdates").Select(u => u.Object("Update")!.Value).ToArray();
        var indexes = table.Indexes.Select(i => Updated(i.Shape, updates, isOnDemand, wasOnDemand)).ToArray();
        foreach (var update in updates)
        {
            if (table.FindIndex(update.Required("IndexName")) is null)
                throw new AwsException(
                    "ResourceNotFoundException",
                    $"Requested resource not found: Table: {table.Name}, index: {update.Required("IndexName")}");
        }

        if (isOnDemand == wasOnDemand && !input.Has("OnDemandThroughput") && (given ?? table.Shape.Throughput) == table.Shape.Throughput
            && indexes.SequenceEqual(table.Indexes.Select(i => i.Shape)))
        {
            throw AwsException.Validation(
                $"The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: {table.Shape.Throughput.Read}. Requested ReadCapacityUnits: {given?.Read}.");
        }

        if (isOnDemand && !wasOnDemand)
        {
            if (table.OnDemandSwitches.Count(s => s > now.AddHours(-24)) >= region.Settings.Limits.OnDemandSwitchesPerDay)
                throw new AwsException(
                    "LimitExceededException", "Subscriber limit exceeded: Update to PayPerRequest mode are limited to once in 1 day(s).");

            table.OnDemandSwitches.Add(now);
        }

        var onDemand = Throughput.OnDemand(input);
        foreach (var index in table.Indexes)
            index.Status = indexes.Contains(index.Shape) ? index.Status : "UPDATING";

        region.Update(table, now, () =>
        {
            table.HasBeenOnDemand |= isOnDemand;
            table.OnDemand = onDemand ?? table.OnDemand;
            table.Shape = table.Shape with { IsOnDemand = isOnDemand, Throughput = isOnDemand ? default : given ?? table.Shape.Throughput };
            foreach (var (index, shape) in table.Indexes.Zip(indexes))
            {
                index.Shape = shape;
                index.Status = "ACTIVE";
            }

            table.KeepIndexes();
        });
    }

    private static IndexShape Updated(IndexShape index, JsonElement[] updates, bool isOnDemand, bool wasOnDemand)
    {
        var update = Array.Find(updates, u => string.Equals(u.Required("IndexName"), index.Name, StringComparison.Ordinal));
        if (update.ValueKind is JsonValueKind.Undefined)
        {
            if (wasOnDemand && !isOnDemand && index.IsGlobal)
                ShapeReader.CheckThroughput(isOnDemand, throughput: null, $"index: {index.Name}");

            return isOnDemand ? index with { Throughput = default } : index;
        }

        var given = Throughput.Provisioned(update);
        if (given is not null)
            ShapeReader.CheckThroughput(isOnDemand, given, $"index: {index.Name}");

        return index with
        {
            Throughput = isOnDemand ? default : given ?? index.Throughput,
            OnDemand = Throughput.OnDemand(update) ?? index.OnDemand,
            Warm = Throughput.Warm(update) ?? index.Warm,
        };
    }

    private static void Index(OperationContext call, Table table, JsonElement update)
    {
        var (region, input, _, now) = call;
        if (update.Object("Create") is { } create)
        {
            var attributes = table.Shape.Attributes.Concat(ShapeReader.Attributes(input))
                .DistinctBy(a => a.Key)
                .ToDictionary(StringComparer.Ordinal);
            var shape = ShapeReader.Index(create, attributes, isGlobal: true, table.Shape.IsOnDemand);
            if (table.FindIndex(shape.Name) is not null)
                throw AwsException.Validation($"Attempting to create an index which already exists: {shape.Name}");

            var index = new TableIndex(shape) { IsBackfilling = true };
            table.Indexes.Add(index);
            table.Shape = table.Shape with { Attributes = attributes };
            table.KeepIndexes();
            region.Update(table, now);
            var time = region.Draw(region.Settings.UpdateTableSeconds, "update", table.Name)
                + region.Draw(region.Settings.IndexExtraSeconds, "index", shape.Name);
            region.Timeline.At(now + time, () => index.Status = "ACTIVE");
            return;
        }

        var name = update.Object("Delete")?.Required("IndexName")
            ?? throw AwsException.Validation("An index update needs Create, Update or Delete.");
        var doomed = table.FindIndex(name)
            ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Table: {table.Name}, index: {name}");
        doomed.Status = "DELETING";
        region.Update(table, now, () =>
        {
            table.Indexes.Remove(doomed);
            table.KeepIndexes();
            table.Shape = table.Shape.Trimmed();
        });
    }

    private static void Stream(OperationContext call, Table table, JsonElement specification)
    {
        var enable = specification.Flag("StreamEnabled") ?? false;
        if (enable == table.StreamView is not null)
            throw AwsException.Validation(
                enable ? $"Table already has an enabled stream: TableName: {table.Name}"
                : $"Table already has a disabled stream: TableName: {table.Name}");

        var view = enable ? specification.Required("StreamViewType") : null;
        if (view is null)
            table.StreamView = null;
        else
            TableOperations.StartStream(table, view, call.Now);

        call.Region.Update(table, call.Now);
    }

    private static void Encrypt(OperationContext call, Table table, Encryption? encryption)
    {
        if (encryption == table.Shape.Encryption)
            throw AwsException.Validation("One or more parameter values were invalid: Table is already encrypted by given KMSMasterKeyId");

        call.Region.Update(table, call.Now, () => table.Shape = table.Shape with { Encryption = encryption });
    }
}
