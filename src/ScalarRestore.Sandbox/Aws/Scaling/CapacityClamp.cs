using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.Scaling;

/// <summary>
/// What auto scaling does by itself at the registration of a target: it brings a capacity outside the bounds inside. The table is then
/// UPDATING, which is what makes a client's own next change fail. A suspended target leaves the table alone.
/// </summary>
internal static class CapacityClamp
{
    public static void Apply(DynamoDbRegion region, string resourceId, string dimension, long min, long max)
    {
        var parts = resourceId.Split('/');
        lock (region.Lock)
        {
            var now = region.Advance();
            if (parts is not ["table", var name, ..] || region.Find(name) is not { Status: "ACTIVE", Shape.IsOnDemand: false } table)
                return;

            var index = parts is [_, _, "index", var indexName] ? table.FindIndex(indexName) : null;
            var isRead = dimension.EndsWith(":ReadCapacityUnits", StringComparison.Ordinal);
            var present = index?.Shape.Throughput ?? table.Shape.Throughput;
            var wanted = isRead ? present with { Read = Math.Clamp(present.Read, min, max) }
                : present with { Write = Math.Clamp(present.Write, min, max) };
            if (wanted == present || index is not null and not { Status: "ACTIVE" })
                return;

            region.Update(table, now, () => Set(table, index, wanted));
        }
    }

    private static void Set(Table table, TableIndex? index, Throughput wanted)
    {
        if (index is null)
        {
            table.Shape = table.Shape with { Throughput = wanted };
            return;
        }

        index.Shape = index.Shape with { Throughput = wanted };
        table.KeepIndexes();
    }
}
