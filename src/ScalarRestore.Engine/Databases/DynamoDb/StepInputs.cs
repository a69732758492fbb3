using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>What every step on a table is given.</summary>
internal abstract record TableStepInput
{
    /// <summary>The live table as it was captured.</summary>
    public required TableIdentity Table { get; init; }

    /// <summary>The name of the copy.</summary>
    public required string CopyName { get; init; }

    /// <summary>The longest that one operation may take.</summary>
    public required TimeSpan Timeout { get; init; }
}

/// <summary>For <c>dynamodb.copy</c> and <c>dynamodb.cleanup</c>.</summary>
internal sealed record CopyInput : TableStepInput
{
    /// <summary>The restore point.</summary>
    public required DateTimeOffset RestoreTime { get; init; }
}

/// <summary>For <c>dynamodb.backup</c> (of the copy) and <c>dynamodb.safety</c> (of the live table).</summary>
internal sealed record BackupInput : TableStepInput
{
    /// <summary>The backup's name.</summary>
    public required string BackupName { get; init; }
}

/// <summary>For <c>dynamodb.check</c> and <c>dynamodb.verify</c>.</summary>
internal sealed record CheckInput : TableStepInput
{
    /// <summary>The restore point.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>Key schema and indexes that the table must have.</summary>
    public required string Structure { get; init; }

    /// <summary>How far the clocks of ScalarDB's hosts may be ahead of AWS's.</summary>
    public TimeSpan ClockSkew { get; init; }
}

/// <summary>For <c>dynamodb.delete</c>.</summary>
internal sealed record DeleteInput : TableStepInput
{
    /// <summary>Whether the live table must have a backup of its own.</summary>
    public bool SafetyBackup { get; init; }

    /// <summary>Whether the live table had deletion protection, to go back to if it is not deleted after all.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>Scalable targets to suspend, so that they do not fire while settings are put back.</summary>
    public IReadOnlyList<JsonObject> ScalingTargets { get; init; } = [];
}

/// <summary>For <c>dynamodb.restore</c>.</summary>
internal sealed record RestoreInput : TableStepInput
{
    /// <summary>The billing mode that the live table had.</summary>
    public required string BillingMode { get; init; }

    /// <summary>Its capacity.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>The capacity of its indexes.</summary>
    public IReadOnlyDictionary<string, Capacity> Indexes { get; init; } = new SortedDictionary<string, Capacity>(StringComparer.Ordinal);
}

/// <summary>For <c>dynamodb.reapply</c> and <c>dynamodb.timetolive</c>.</summary>
internal sealed record ReapplyInput : TableStepInput
{
    /// <summary>The settings to go back to.</summary>
    public required TableFacts Facts { get; init; }

    /// <summary>Whether time to live stays off.</summary>
    public bool SkipTimeToLive { get; init; }
}
