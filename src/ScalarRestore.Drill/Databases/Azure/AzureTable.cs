namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>A table of ScalarDB's: a container of Cosmos DB, or a table of a server.</summary>
/// <param name="Database">The database: ScalarDB's namespace.</param>
/// <param name="Name">The table.</param>
internal sealed record AzureTable(string Database, string Name)
{
    /// <summary>Whether it tells of the tables.</summary>
    public bool IsMetadata => this is { Database: "scalardb", Name: "metadata" };

    /// <summary>Database and table.</summary>
    public string Path => $"{Database}/{Name}";
}
