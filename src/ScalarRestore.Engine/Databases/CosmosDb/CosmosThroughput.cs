using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>The throughput of a database, shared by its containers, or of one container.</summary>
/// <param name="IsAutoscale">Whether it scales by itself.</param>
/// <param name="Units">Request units a second; where it scales by itself the most.</param>
internal sealed record CosmosThroughput(bool IsAutoscale, int Units)
{
    /// <summary>Reads <c>throughputSettings/default</c>.</summary>
    public static CosmosThroughput? Of(JsonObject? settings)
    {
        var resource = (settings?["properties"] as JsonObject)?["resource"] as JsonObject;
        return (int?)(resource?["autoscaleSettings"] as JsonObject)?["maxThroughput"] is { } most
            ? new CosmosThroughput(IsAutoscale: true, most)
            : (int?)resource?["throughput"] is { } units ? new CosmosThroughput(IsAutoscale: false, units) : null;
    }

    /// <summary>The body of a change.</summary>
    public JsonObject Body => new()
    {
        ["properties"] = new JsonObject
        {
            ["resource"] = IsAutoscale ? new JsonObject { ["autoscaleSettings"] = new JsonObject { ["maxThroughput"] = Units } } : new JsonObject { ["throughput"] = Units },
        },
    };

    /// <inheritdoc/>
    public override string ToString() => IsAutoscale ? $"autoscale to {Units} RU/s" : $"{Units} RU/s";
}
