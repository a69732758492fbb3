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
}
