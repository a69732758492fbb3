using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Query and Scan, page by page. Indexes are not kept but worked out, which at this size is fast enough and cannot go
/// stale.</summary>
internal static class QueryOperations
{
    private const int PageBytes = 1 << 20;

    public static void Query(OperationContext call)
    {
        var (table, index) = Subject(call);
        var keys = index?.Keys ?? table.Shape.Keys;
        var names = new ExpressionNames(call.Input);
        var condition = KeyCondition.Parse(call.Input.Text("KeyConditionExpression"), keys, names);
        var page = new Page(call, table, index, names);
        var start = page.Start;
        IEnumerable<KeyValuePair<ItemKey, Item>> items;
        var forward = call.Input.Flag("ScanIndexForward") ?? true;
        if (index is null)
        {
            var partition = new ItemKey(condition.Hash.ToSortable()!, []);
            items = table.Items.Walk(partition).TakeWhile(i => i.Key.IsSamePartition(partition));
            if (!forward)
                items = items.Reverse();

            if (start is not null)
            {
                var after = table.Shape.Keys.KeyOf(start.Attributes, isKeyOnly: false);
                items = items.SkipWhile(i => forward ? i.Key.OrderAgainst(after) <= 0 : i.Key.OrderAgainst(after) >= 0);
            }
        }
        else
        {
            var ordered = table.Items.Walk(null).Where(i => index.Keys.Covers(i.Value) && condition.Hash.Equals(i.Value[keys.HashName]))
                .OrderBy(i => keys.KeyOf(i.Value.Attributes, isKeyOnly: false), Comparer<ItemKey>.Create((a, b) => a.OrderAgainst(b)))
                .ToList();
            if (!forward)
                ordered.Reverse();

            // An index may hold many items of one key, so the place is found by the table's own key.
            var after = start is null ? null : table.Shape.Keys.KeyOf(start.Attributes, isKeyOnly: false);
            var found = after is null ? -1 : ordered.FindIndex(i => i.Key.OrderAgainst(after) == 0);
            items = ordered.Skip(found + 1);
        }

        page.Write(items.Where(i => keys.RangeName is null || condition.Range(i.Value[keys.RangeName])));
    }

    public static void Scan(OperationContext call)
    {
        var (table, index) = Subject(call);
        var page = new Page(call, table, index, new ExpressionNames(call.Input));
        var after = page.Start is { } start ? table.Shape.Keys.KeyOf(start.Attributes, isKeyOnly: false) : null;
        var items = table.Items.Walk(after, after: true);
        if (call.Input.Number("TotalSegments") is { } total)
        {
            var segment = call.Input.Number("Segment")
                ?? throw AwsException.Validation(
                    "The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
            if (segment >= total || total is < 1 or > 1_000_000)
                throw AwsException.Validation("The Segment parameter is zero-based and must be less than parameter TotalSegments");

            items = items.Where(i => i.Key.Segment((int)total) == segment);
        }

        page.Write(index is null ? items : items.Where(i => index.Keys.Covers(i.Value)));
    }

    private static (Table Table, IndexShape? Index) Subject(OperationContext call)
    {
        var table = call.Region.GetForItems(call.Input.Required("TableName"));
        if (call.Input.Text("IndexName") is not { } name)
            return (table, null);

        var index = table.FindIndex(name) ?? throw AwsException.Validation($"The table does not have the specified index: {name}");
        return index.Status is "ACTIVE" or "UPDATING"
            ? (table, index.Shape)
            : throw AwsException.Validation($"Cannot read from backfilling global secondary index: {name}");
    }

    /// <summary>One page: until the limit, or a megabyte.</summary>
    private sealed class Page
    {
        private readonly OperationContext _call;
        private readonly Table _table;
        private readonly IndexShape? _index;
        private readonly Predicate<Item?> _filter;
        private readonly Func<Item, IReadOnlyDictionary<string, AttributeValue>> _project;

        public Page(OperationContext call, Table table, IndexShape? index, ExpressionNames names)
        {
            _call = call;
            _table = table;
            _index = index;
            _filter = Condition.Parse("FilterExpression", call.Input.Text("FilterExpression"), names);
            _project = Projection.Parse(call.Input.Text("ProjectionExpression"), names);
            names.RefuseUnused();
            if (call.Input.Object("ExclusiveStartKey") is { } start)
                Start = new Item(ItemJson.Read(start));

            if (call.Input.Number("Limit") < 1)
                throw AwsException.Validation(
                    "1 validation error detected: Value at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        }

        /// <summary>The key after which the page begins.</summary>
        public Item? Start { get; }

        public void Write(IEnumerable<KeyValuePair<ItemKey, Item>> items)
        {
            var writer = _call.Writer;
            var limit = _call.Input.Number("Limit") ?? long.MaxValue;
            var countOnly = _call.Input.Text("Select") == "COUNT";
            var scanned = 0;
            var count = 0;
            var bytes = 0;
            Item? last = null;
            var isMore = false;
            if (!countOnly)
                writer.WriteStartArray("Items");

            foreach (var (_, item) in items)
            {
                if (bytes + item.Size > PageBytes && scanned > 0)
                {
                    isMore = true;
                    break;
                }

                scanned++;
                bytes += item.Size;
                last = item;
                if (_filter(item))
                {
                    count++;
                    if (!countOnly)
                        ItemJson.Write(writer, Visible(item));
                }

                if (scanned >= limit)
                {
                    isMore = true;
                    break;
                }
            }

            if (!countOnly)
                writer.WriteEndArray();

            writer.WriteNumber("Count", count);
            writer.WriteNumber("ScannedCount", scanned);
            if (isMore && last is not null)
                WriteLastKey(writer, last);

            ItemOperations.WriteCapacity(_call, _table, Math.Ceiling(bytes / 4096.0) / 2);
        }

        // What an index does not project cannot be read from it.
        private IReadOnlyDictionary<string, AttributeValue> Visible(Item item)
        {
            var attributes = _project(item);
            if (_index is not { IsGlobal: true, Projection: not "ALL" } index)
                return attributes;

            string?[] keys = [index.Keys.HashName, index.Keys.RangeName, _table.Shape.Keys.HashName, _table.Shape.Keys.RangeName];
            return attributes.Where(
                a => keys.Contains(a.Key, StringComparer.Ordinal) || index.NonKeyAttributes.Contains(a.Key, StringComparer.Ordinal))
                .ToDictionary(StringComparer.Ordinal);
        }

        private void WriteLastKey(Utf8JsonWriter writer, Item last)
        {
            string?[] names = [_table.Shape.Keys.HashName, _table.Shape.Keys.RangeName, _index?.Keys.HashName, _index?.Keys.RangeName];
            writer.WriteStartObject("LastEvaluatedKey");
            foreach (var name in names.OfType<string>().Distinct(StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                last[name]!.Write(writer);
            }

            writer.WriteEndObject();
        }
    }
}
