namespace ScalarRestore.Drill.Databases;

/// <summary>Which databases a world has.</summary>
internal enum DatabaseChoice
{
    /// <summary>DynamoDB tables.</summary>
    DynamoDb,

    /// <summary>An RDS instance for each release.</summary>
    Rds,

    /// <summary>An Aurora cluster for each release.</summary>
    Aurora,

    /// <summary>Ledger on Aurora, Auditor on RDS.</summary>
    Mixed,

    /// <summary>A Cosmos DB account for each release.</summary>
    CosmosDb,

    /// <summary>A flexible server of Azure Database for MySQL for each release.</summary>
    MySql,

    /// <summary>A flexible server of Azure Database for PostgreSQL for each release.</summary>
    PostgreSql,

    /// <summary>All six kinds: the Server's on DynamoDB and Cosmos DB, the Ledger's on Aurora and MySQL, the Auditor's on RDS and PostgreSQL.</summary>
    All,
}
