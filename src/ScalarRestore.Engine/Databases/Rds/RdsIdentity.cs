namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Which DB instance or DB cluster, beyond all doubt.</summary>
internal sealed record RdsIdentity
{
    /// <summary>The AWS profile; null for the SDK's default chain.</summary>
    public string? Profile { get; init; }

    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The identifier, which can be given to another one later.</summary>
    public required string Identifier { get; init; }

    /// <summary>The resource id (<c>db-...</c>, <c>cluster-...</c>), which never means another one.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The ARN, which follows the identifier.</summary>
    public required string Arn { get; init; }

    /// <summary>Whether it is a DB cluster.</summary>
    public required bool IsCluster { get; init; }

    /// <summary>The engine, for example <c>aurora-postgresql</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>What names it in step keys: the identifier, with the region before it where a plan has several.</summary>
    public required string Key { get; init; }

    /// <summary>What it is, for messages.</summary>
    public string What => IsCluster ? $"DB cluster {Identifier}" : $"DB instance {Identifier}";

    /// <summary>Account and region, for messages.</summary>
    public string Place => $"{Account}/{Region}";
}
