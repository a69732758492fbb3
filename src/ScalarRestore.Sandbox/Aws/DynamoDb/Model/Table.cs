using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>A table as it lives: what a restore carries is in <see cref="Shape"/>, everything else here is lost with the table.</summary>
internal sealed class Table
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    /// <summary>New for every table, also for one of the same name.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of the table that its first items come from, through however many restores: its own for one that was created.
    /// What it is like to restore goes with that, not with the name of a copy.</summary>
    public required string Origin { get; init; }

    public required TableShape Shape { get; set; }

    public required ItemStore Items { get; set; }

    public List<TableIndex> Indexes { get; init; } = [];

    /// <summary>CREATING, UPDATING, DELETING or ACTIVE.</summary>
    public string Status { get; set; } = "CREATING";

    /// <summary>When it became ACTIVE for the first time.</summary>
    public DateTimeOffset? ActiveSince { get; set; }

    public RestoreSummary? Restore { get; set; }

    public bool HasBeenOnDemand { get; set; }

    /// <summary>When it was switched to on-demand, for the daily limit.</summary>
    public List<DateTimeOffset> OnDemandSwitches { get; } = [];

    public Throughput? OnDemand { get; set; }

    public Throughput? Warm { get; set; }

    /// <summary>NEW_IMAGE and the like; null where the stream is off.</summary>
    public string? StreamView { get; set; }

    /// <summary>The time stamp that ends the latest stream's ARN; stays when the stream is switched off.</summary>
    public string? StreamLabel { get; set; }

    public bool DeletionProtection { get; set; }

    /// <summary>Null until it was set.</summary>
    public string? TableClass { get; set; }

    public IReadOnlyList<string> Replicas { get; set; } = [];

    /// <summary>Set by the control interface: the key of the table cannot be used.</summary>
    public bool IsKeyDisabled { get; set; }

    /// <summary>Null where point-in-time recovery is off or being switched on.</summary>
    public DateTimeOffset? RecoverableFrom { get; set; }

    /// <summary>Point-in-time recovery was asked for, though it may not be on yet.</summary>
    public bool RecoveryWanted { get; set; }

    public int RecoveryDays { get; set; } = 35;

    public string? TtlAttribute { get; set; }

    /// <summary>ENABLING, ENABLED, DISABLING or DISABLED.</summary>
    public string TtlStatus { get; set; } = "DISABLED";

    public DateTimeOffset? TtlChangedAt { get; set; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Kinesis stream ARN to its status and precision.</summary>
    public SortedDictionary<string, KinesisDestination> Kinesis { get; } = new(StringComparer.Ordinal);

    /// <summary>Contributor insights by index name; the table's own under the empty name.</summary>
    public SortedDictionary<string, string> Insights { get; } = new(StringComparer.Ordinal);

    /// <summary>Resource policies by the ARN they are attached to: the table's or its stream's.</summary>
    public SortedDictionary<string, ResourcePolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>Counted only every few hours, as on AWS: no proof of anything.</summary>
    public StaleCount Counted { get; set; } = new(0, 0, DateTimeOffset.MinValue);

    public string? StreamArn => StreamLabel is null ? null : $"{Arn}/stream/{StreamLabel}";

    public bool IsBusy => Status is "CREATING" or "UPDATING" or "DELETING";

    public TableIndex? FindIndex(string name) => Indexes.Find(i => string.Equals(i.Shape.Name, name, StringComparison.Ordinal));

    /// <summary>Takes over the shape's indexes, as ready or as still being made.</summary>
    public void SetIndexes(string status)
    {
        Indexes.Clear();
        Indexes.AddRange(Shape.Indexes.Select(i => new TableIndex(i) { Status = status }));
    }

    /// <summary>Writes the indexes back into the shape after a change of one.</summary>
    public void KeepIndexes() => Shape = Shape with { Indexes = [.. Indexes.Select(i => i.Shape)] };
}
