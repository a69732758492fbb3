using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Reading and writing single items.</summary>
internal static class ItemOperations
{
    public static void Put(OperationContext call)
    {
        var table = call.Region.GetForItems(call.Input.Required("TableName"));
        var write = ReadPut(table, call.Input);
        var before = Run(table, write, call);
        if (ReturnValues(call, "NONE", "ALL_OLD") == "ALL_OLD" && before is not null)
            WriteItem(call.Writer, "Attributes", before.Attributes);

        WriteCapacity(call, table, 1);
    }

    public static void Get(OperationContext call)
    {
        var table = call.Region.GetForItems(call.Input.Required("TableName"));
        var names = new ExpressionNames(call.Input);
        var project = Projection.Parse(call.Input.Text("ProjectionExpression"), names);
        names.RefuseUnused();
        var item = table.Items.Get(table.Shape.Keys.KeyOf(ReadMap(call.Input, "Key"), isKeyOnly: true));
        if (item is not null)
            WriteItem(call.Writer, "Item", project(item));

        WriteCapacity(call, table, 1);
    }

    public static void Delete(OperationContext call)
    {
        var table = call.Region.GetForItems(call.Input.Required("TableName"));
        var before = Run(table, ReadDelete(table, call.Input), call);
        if (ReturnValues(call, "NONE", "ALL_OLD") == "ALL_OLD" && before is not null)
            WriteItem(call.Writer, "Attributes", before.Attributes);

        WriteCapacity(call, table, 1);
    }

    public static void Update(OperationContext call)
    {
        var table = call.Region.GetForItems(call.Input.Required("TableName"));
        var write = ReadUpdate(table, call.Input);
        var before = Run(table, write, call);
        var after = table.Items.Get(write.Key);
        var touched = write.Touched;
        var answer = ReturnValues(call, "NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW") switch
        {
            "ALL_OLD" => before?.Attributes,
            "ALL_NEW" => after?.Attributes,
            "UPDATED_OLD" => Only(before, touched),
            "UPDATED_NEW" => Only(after, touched),
            _ => null,
        };
        if (answer is { Count: > 0 })
            WriteItem(call.Writer, "Attributes", answer);

        WriteCapacity(call, table, 1);
    }

    public static ItemWrite ReadPut(Table table, JsonElement input)
    {
        var attributes = ReadMap(input, "Item");
        var key = table.Shape.Keys.KeyOf(attributes, isKeyOnly: false);
        var item = Checked(table, attributes);
        return new ItemWrite(key, Condition(input), _ => item, new HashSet<string>(StringComparer.Ordinal));
    }

    public static ItemWrite ReadDelete(Table table, JsonElement input) => new(
        table.Shape.Keys.KeyOf(ReadMap(input, "Key"), isKeyOnly: true),
        Condition(input),
        static _ => null,
        new HashSet<string>(StringComparer.Ordinal));

    public static ItemWrite ReadUpdate(Table table, JsonElement input)
    {
        var keyAttributes = ReadMap(input, "Key");
        var key = table.Shape.Keys.KeyOf(keyAttributes, isKeyOnly: true);
        var names = new ExpressionNames(input);
        var condition = Expressions.Condition.Parse("ConditionExpression", input.Text("ConditionExpression"), names);
        var update = Expressions.Update.Parse(input.Text("UpdateExpression"), names);
        names.RefuseUnused();
        return new ItemWrite(key, condition, before => Checked(table, update.Apply(before, keyAttributes)), update.Touched);
    }

    /// <summary>A condition without a change, for transactions.</summary>
    public static ItemWrite ReadCheck(Table table, JsonElement input) => ReadDelete(table, input) with { Change = static before => before };

    public static Dictionary<string, AttributeValue> ReadMap(JsonElement input, string member) => ItemJson.Read(input.Object(member)
        ?? throw AwsException.Validation(
            $"1 validation error detected: Value null at '{char.ToLowerInvariant(member[0])}{member[1..]}' failed to satisfy constraint: Member must not be null"));

    public static void WriteItem(Utf8JsonWriter writer, string member, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        writer.WritePropertyName(member);
        ItemJson.Write(writer, attributes);
    }

    public static void WriteCapacity(OperationContext call, Table table, double units)
    {
        if (call.Input.Text("ReturnConsumedCapacity") is "TOTAL" or "INDEXES")
        {
            call.Writer.WriteStartObject("ConsumedCapacity");
            call.Writer.WriteString("TableName", table.Name);
            call.Writer.WriteNumber("CapacityUnits", units);
            call.Writer.WriteEndObject();
        }
    }

    private static Item Checked(Table table, Dictionary<string, AttributeValue> attributes)
    {
        foreach (var index in table.Indexes)
        {
            Check(index.Shape.Keys.HashName, index.Shape.Keys.HashType, index);
            if (index.Shape.Keys.RangeName is { } range)
                Check(range, index.Shape.Keys.RangeType, index);
        }

        var item = new Item(attributes);
        return item.Size <= Item.MaxSize ? item : throw AwsException.Validation("Item size has exceeded the maximum allowed size");

        void Check(string name, AttributeType type, TableIndex index)
        {
            if (attributes.TryGetValue(name, out var value) && value.Type != type)
                throw AwsException.Validation(
                    $"One or more parameter values were invalid: Type mismatch for Index Key {name} Expected: {type} Actual: {value.Type} IndexName: {index.Shape.Name}");
        }
    }

    private static Predicate<Item?> Condition(JsonElement input)
    {
        var names = new ExpressionNames(input);
        var condition = Expressions.Condition.Parse("ConditionExpression", input.Text("ConditionExpression"), names);
        names.RefuseUnused();
        return condition;
    }

    private static Item? Run(Table table, ItemWrite write, OperationContext call)
    {
        var before = table.Items.Get(write.Key);
        if (!write.Condition(before))
        {
            var wantsItem = call.Input.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" && before is not null;
            throw new AwsException("ConditionalCheckFailedException", "The conditional request failed")
            {
                WriteMore = wantsItem ? writer => WriteItem(writer, "Item", before!.Attributes) : null,
            };
        }

        table.Items.Set(write.Key, write.Change(before), call.Now);
        return before;
    }

    private static string ReturnValues(OperationContext call, params ReadOnlySpan<string> allowed)
    {
        var value = call.Input.Text("ReturnValues") ?? "NONE";
        return allowed.Contains(value) ? value : throw AwsException.Validation("ReturnValues can only be ALL_OLD or NONE");
    }

    private static Dictionary<string, AttributeValue>? Only(Item? item, IReadOnlySet<string> names) =>
        item?.Attributes.Where(a => names.Contains(a.Key)).ToDictionary(StringComparer.Ordinal);
}
