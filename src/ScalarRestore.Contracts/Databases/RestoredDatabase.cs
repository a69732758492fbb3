namespace ScalarRestore.Contracts;

/// <summary>What a run did to one database.</summary>
public sealed record RestoredDatabase
{
    /// <summary>What it is.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The AWS account, or the Azure subscription.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>Its tables, in the order of their names.</summary>
    public IReadOnlyList<RestoredTable> Tables { get; init; } = [];

    /// <summary>The identifier of the instance or cluster that was restored from; null for DynamoDB.</summary>
    public string? Identifier { get; init; }

    /// <summary>The identifier of what was restored; null for DynamoDB, and where it is not done.</summary>
    public string? NewIdentifier { get; init; }

    /// <summary>The full identity in Azure of what was restored; null elsewhere, and where it is not done.</summary>
    public string? NewResourceId { get; init; }

    /// <summary>How the run signed in to Azure to restore it, without the token; null elsewhere.</summary>
    public AzureConnection? Azure { get; init; }

    /// <summary>Each endpoint before the restore and after it; empty for DynamoDB, whose tables keep their names.</summary>
    public IReadOnlyList<EndpointChange> Endpoints { get; init; } = [];

    /// <summary>Settings that differ from before and could not be put back; for DynamoDB each table's own tell.</summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>Whether every check passed.</summary>
    public required bool Verified { get; init; }

    /// <summary>Account, region and identifier, as shown to people.</summary>
    public string Identity => Identifier is null ? $"{Account}/{Region}" : $"{Account}/{Region}/{Identifier}";
}
