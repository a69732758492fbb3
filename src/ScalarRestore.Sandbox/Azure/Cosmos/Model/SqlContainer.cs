using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Data;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Model;

/// <summary>A container, also one that is gone.</summary>
internal sealed class SqlContainer
{
    public required string Name { get; init; }

    public required string Rid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What it was defined as: partition key, indexing policy, time to live and so on, and from when on.</summary>
    public List<(DateTimeOffset At, JsonObject Resource)> Definitions { get; } = [];

    /// <summary>Its own request units; null where it shares those of the database, or has none.</summary>
    public CosmosThroughput? Throughput { get; set; }

    public ItemHistory Items { get; init; } = new();

    /// <summary>Bodies of stored procedures by id.</summary>
    public SortedDictionary<string, string> Procedures { get; } = new(StringComparer.Ordinal);

    public JsonObject Definition => Definitions[^1].Resource;

    public bool Existed(DateTimeOffset at) => CreatedAt <= at && (DeletedAt is null || at < DeletedAt);

    public JsonObject DefinitionAt(DateTimeOffset at) => Definitions.FindLast(d => d.At <= at).Resource ?? Definitions[0].Resource;
}
