namespace ScalarRestore.Contracts;

/// <summary>The managed databases that can be restored.</summary>
public enum DatabaseKind
{
    /// <summary>A set of Amazon DynamoDB tables in one account and region.</summary>
    DynamoDB,

    /// <summary>An Amazon RDS DB instance, or a Multi-AZ DB cluster.</summary>
    RDS,

    /// <summary>An Amazon Aurora DB cluster.</summary>
    Aurora,

    /// <summary>An Azure Cosmos DB for NoSQL account.</summary>
    CosmosDB,

    /// <summary>An Azure Database for MySQL flexible server.</summary>
    AzureMySQL,

    /// <summary>An Azure Database for PostgreSQL flexible server.</summary>
    AzurePostgreSQL,
}
