using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Many items at once: batches and transactions.</summary>
internal static class BatchOperations
{
    public static void Write(OperationContext call)
    {
        var writes = new List<(Table Table, ItemWrite Write)>();
        foreach (var group in Groups(call))
        {
            var table = call.Region.GetForItems(group.Name);
            foreach (var request in group.Value.EnumerateArray())
            {
                writes.Add((table, request.Object("PutRequest") is { } put
                    ? ItemOperations.ReadPut(table, put)
                    : ItemOperations.ReadDelete(
                        table, request.Object("DeleteRequest")
                        ?? throw AwsException.Validation("Supplied WriteRequest has neither a PutRequest nor a DeleteRequest"))));
            }
        }

        if (writes.Count is 0 or > 25)
            throw AwsException.Validation("Too many items requested for the BatchWriteItem call: 1 to 25 are allowed");

        for (var i = 0; i < writes.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (writes[i].Table == writes[j].Table && writes[i].Write.Key.OrderAgainst(writes[j].Write.Key) == 0)
                    throw AwsException.Validation("Provided list of item keys contains duplicates");
            }
        }

        foreach (var (table, write) in writes)
            table.Items.Set(write.Key, write.Change(null), call.Now);

        call.Writer.WriteStartObject("UnprocessedItems");
        call.Writer.WriteEndObject();
    }

    public static void Get(OperationContext call)
    {
        var writer = call.Writer;
        var count = 0;
        writer.WriteStartObject("Responses");
        foreach (var group in Groups(call))
        {
            var table = call.Region.GetForItems(group.Name);
            var names = new ExpressionNames(group.Value);
            var project = Projection.Parse(group.Value.Text("ProjectionExpression"), names);
            writer.WriteStartArray(table.Name);
            foreach (var key in group.Value.Elements("Keys"))
            {
                count++;
                if (table.Items.Get(table.Shape.Keys.KeyOf(ItemJson.Read(key), isKeyOnly: true)) is { } item)
                    ItemJson.Write(writer, project(item));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("UnprocessedKeys");
        writer.WriteEndObject();
        if (count is 0 or > 100)
            throw AwsException.Validation("Too many items requested for the BatchGetItem call");
    }

    public static void TransactWrite(OperationContext call)
    {
        var writes = new List<(Table Table, ItemWrite Write)>();
        foreach (var item in call.Input.Elements("TransactItems"))
        {
            var part = item.EnumerateObject().FirstOrDefault();
            if (part.Value.ValueKind is not JsonValueKind.Object)
                throw AwsException.Validation("TransactItems can only contain one of Check, Put, Update or Delete");

            var table = call.Region.GetForItems(part.Value.Required("TableName"));
            writes.Add((table, part.Name switch
            {
                "Put" => ItemOperations.ReadPut(table, part.Value),
                "Delete" => ItemOperations.ReadDelete(table, part.Value),
                "Update" => ItemOperations.ReadUpdate(table, part.Value),
                "ConditionCheck" => ItemOperations.ReadCheck(table, part.Value),
                _ => throw AwsException.Validation("TransactItems can only contain one of Check, Put, Update or Delete"),
            }));
        }

        if (writes.Count is 0 or > 100)
            throw AwsException.Validation("1 to 100 TransactItems are allowed");

        var reasons = writes.ConvertAll(w => w.Write.Condition(w.Table.Items.Get(w.Write.Key)) ? "None" : "ConditionalCheckFailed");
        if (reasons.Exists(r => r != "None"))
        {
            throw new AwsException(
                "TransactionCanceledException",
                $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons)}]")
            {
                WriteMore = writer =>
                {
                    writer.WriteStartArray("CancellationReasons");
                    foreach (var reason in reasons)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("Code", reason);
                        if (reason != "None")
                            writer.WriteString("Message", "The conditional request failed");

                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                },
            };
        }

        foreach (var (table, write) in writes)
        {
            var before = table.Items.Get(write.Key);
            var after = write.Change(before);
            if (!ReferenceEquals(before, after))
                table.Items.Set(write.Key, after, call.Now);
        }
    }

    public static void TransactGet(OperationContext call)
    {
        call.Writer.WriteStartArray("Responses");
        foreach (var request in call.Input.Elements("TransactItems"))
        {
            var get = request.Object("Get") ?? throw AwsException.Validation("TransactItems can only contain Get");
            var table = call.Region.GetForItems(get.Required("TableName"));
            call.Writer.WriteStartObject();
            if (table.Items.Get(table.Shape.Keys.KeyOf(ItemOperations.ReadMap(get, "Key"), isKeyOnly: true)) is { } item)
                ItemOperations.WriteItem(call.Writer, "Item", item.Attributes);

            call.Writer.WriteEndObject();
        }

        call.Writer.WriteEndArray();
    }

    private static JsonElement.ObjectEnumerator Groups(OperationContext call) =>
        (call.Input.Object("RequestItems")
            ?? throw AwsException.Validation(
            "1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not be null")).EnumerateObject();
}
