using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Whether a throughput is one that automatic scaling may have chosen.</summary>
internal static class ScalingBounds
{
    /// <summary>Whether reads and writes of the table (or the index) lie within the bounds of their targets, or are as they were.</summary>
    public static bool Hold(TableFacts wanted, TableFacts actual, string index)
    {
        var (want, have) = index.Length == 0 ? (wanted.Capacity, actual.Capacity) : (wanted.Indexes[index], actual.Indexes[index]);
        var part = index.Length == 0 ? "table" : "index";
        return One(wanted, index, $"dynamodb:{part}:ReadCapacityUnits", want.Read, have.Read)
            && One(wanted, index, $"dynamodb:{part}:WriteCapacityUnits", want.Write, have.Write);
    }

    private static bool One(TableFacts wanted, string index, string dimension, long? want, long? have)
    {
        var target = wanted.ScalingTargets.FirstOrDefault(t => ScalingFacts.Text(t, "ScalableDimension") == dimension && IsOf(t, index));
        return want == have
            || (target is not null && have >= target["MinCapacity"]?.GetValue<long>() && have <= target["MaxCapacity"]?.GetValue<long>());
    }

    private static bool IsOf(JsonObject target, string index)
    {
        var id = ScalingFacts.Text(target, "ResourceId");
        return index.Length == 0 ? !id.Contains("/index/", StringComparison.Ordinal) : id.EndsWith($"/index/{index}", StringComparison.Ordinal);
    }
}
