namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Which table, beyond its name.</summary>
internal sealed record TableIdentity
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The profile that reaches the account; null for the SDK's default chain.</summary>
    public string? Profile { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The ARN, which a later table of that name bears again.</summary>
    public required string Arn { get; init; }

    /// <summary>The id, which no other table ever bears.</summary>
    public required string Id { get; init; }
}
