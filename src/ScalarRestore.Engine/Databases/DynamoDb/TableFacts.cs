using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Everything about a table that a restore loses or may lose, thus what is captured, put back and compared.</summary>
internal sealed record TableFacts
{
    /// <summary>Key schema, attribute types and indexes as one line, for comparison and messages.</summary>
    public required string Structure { get; init; }

    /// <summary><c>PROVISIONED</c> or <c>PAY_PER_REQUEST</c>.</summary>
    public required string BillingMode { get; init; }

    /// <summary>The table's capacity.</summary>
    public Capacity Capacity { get; init; } = new();

    /// <summary>The capacity of each global secondary index, in the order of their names.</summary>
    public IReadOnlyDictionary<string, Capacity> Indexes { get; init; } = new SortedDictionary<string, Capacity>(StringComparer.Ordinal);

    /// <summary><c>STANDARD</c> or <c>STANDARD_INFREQUENT_ACCESS</c>.</summary>
    public string TableClass { get; init; } = "STANDARD";

    /// <summary>Whether deletion is refused.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>The ARN of the KMS key; null for the key that DynamoDB owns.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>What the stream shows; null if there is none.</summary>
    public string? StreamView { get; init; }

    /// <summary>The stream's ARN, of which a new stream has another.</summary>
    public string? StreamArn { get; init; }

    /// <summary>The resource policy of the stream.</summary>
    public string? StreamPolicy { get; init; }

    /// <summary>Whether point-in-time recovery is on.</summary>
    public bool PointInTimeRecovery { get; init; }

    /// <summary>How many days point-in-time recovery reaches back.</summary>
    public int? RecoveryDays { get; init; }

    /// <summary>The attribute that items expire by; null if they do not.</summary>
    public string? TimeToLiveAttribute { get; init; }

    /// <summary>Tags, without those of AWS itself.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Kinesis destinations: precision (or an empty text) by stream ARN.</summary>
    public IReadOnlyDictionary<string, string> Kinesis { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Contributor insights that are on: mode (or an empty text) by index name, the table itself under the empty name.</summary>
    public IReadOnlyDictionary<string, string> Insights { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The resource policy; JSON.</summary>
    public string? Policy { get; init; }

    /// <summary>Scalable targets of the table and its indexes, reduced to what can be put back.</summary>
    public IReadOnlyList<JsonObject> ScalingTargets { get; init; } = [];

    /// <summary>Scaling policies, likewise.</summary>
    public IReadOnlyList<JsonObject> ScalingPolicies { get; init; } = [];

    /// <summary>Scheduled actions, likewise.</summary>
    public IReadOnlyList<JsonObject> ScheduledActions { get; init; } = [];
}
