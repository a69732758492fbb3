namespace ScalarRestore.Contracts;

/// <summary>What a run did to one database.</summary>
public sealed record RestoredDatabase
{
    /// <summary>What it is.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The cloud account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>Its tables, in the order of their names.</summary>
    public IReadOnlyList<RestoredTable> Tables { get; init; } = [];

    /// <summary>The endpoint before the restore.</summary>
    public string? OldEndpoint { get; init; }

    /// <summary>The endpoint after it; for DynamoDB the same as before.</summary>
    public string? NewEndpoint { get; init; }

    /// <summary>Account and region, as shown to people.</summary>
    public string Identity => $"{Account}/{Region}";
}
