using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>What DynamoDB was busy with, as the sandbox itself tells.</summary>
/// <param name="Kind">For example <c>restore-pitr</c>.</param>
/// <param name="Table">The table; of a restore the one that it made.</param>
/// <param name="Source">Of a restore: the table that was restored, or that the backup is of.</param>
/// <param name="StartedAt">When it was taken on.</param>
/// <param name="EndedAt">When it was over.</param>
internal sealed record ServiceOperation(string Kind, string Table, string? Source, DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>How long it took.</summary>
    public double Seconds => (EndedAt - StartedAt).TotalSeconds;

    /// <summary>Reads what the sandbox answers.</summary>
    public static IReadOnlyList<ServiceOperation> Read(JsonArray operations) => operations.Deserialize<ServiceOperation[]>(Web)!;
}
