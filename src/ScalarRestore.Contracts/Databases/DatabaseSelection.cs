namespace ScalarRestore.Contracts;

/// <summary>Which databases and tables to take, and with which credentials. An empty selection never means "all".</summary>
public sealed record DatabaseSelection
{
    /// <summary>Exact table names. Null: found from the schema files, or else from the workloads' own properties and metadata table.</summary>
    public IReadOnlyList<string>? TableNames { get; init; }

    /// <summary>Schema Loader files (<c>schema.json</c>); their tables, the coordinator and the metadata table are taken.</summary>
    public IReadOnlyList<string>? SchemaFiles { get; init; }

    /// <summary>The namespace prefix in front of every table name of the schema files; null takes the workloads' own.</summary>
    public string? NamespacePrefix { get; init; }

    /// <summary>RDS instances and Aurora clusters, by identifier or ARN; accounts and servers of Azure, by resource id. Null: found from the workloads' contact points.</summary>
    public IReadOnlyList<string>? Identifiers { get; init; }

    /// <summary>A named profile of the AWS shared configuration; null follows the SDK's default chain.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The AWS region; null takes the workload's contact points, then the environment.</summary>
    public string? Region { get; init; }

    /// <summary>How to sign in to Azure.</summary>
    public AzureConnection Azure { get; init; } = new();
}
