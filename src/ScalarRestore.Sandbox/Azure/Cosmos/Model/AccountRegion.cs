namespace ScalarRestore.Sandbox.Azure.Cosmos.Model;

/// <summary>A region that an account has or had.</summary>
/// <param name="Name">The region's name for people.</param>
/// <param name="InstanceId">The id of the regional account.</param>
/// <param name="CreatedAt">Since when.</param>
internal sealed record AccountRegion(string Name, string InstanceId, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? DeletedAt { get; set; }

    public int FailoverPriority { get; set; }

    public bool IsZoneRedundant { get; set; }

    public bool Existed(DateTimeOffset at) => CreatedAt <= at && (DeletedAt is null || at < DeletedAt);
}
