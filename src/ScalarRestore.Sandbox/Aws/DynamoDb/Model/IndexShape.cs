using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>What defines a secondary index.</summary>
internal sealed record IndexShape
{
    public required string Name { get; init; }

    public required bool IsGlobal { get; init; }

    public required KeySchema Keys { get; init; }

    /// <summary>ALL, KEYS_ONLY or INCLUDE.</summary>
    public string Projection { get; init; } = "ALL";

    public IReadOnlyList<string> NonKeyAttributes { get; init; } = [];

    /// <summary>Zero where the table is on-demand.</summary>
    public Throughput Throughput { get; init; }

    public Throughput? OnDemand { get; init; }

    public Throughput? Warm { get; init; }
}
