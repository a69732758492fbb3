namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>A container: a table of ScalarDB, whose namespace is the database.</summary>
/// <param name="Database">The database.</param>
/// <param name="Name">The container.</param>
internal sealed record CosmosContainer(string Database, string Name)
{
    /// <summary>ScalarDB's own list of tables, into which nothing is written by procedures. (Schema Loader, CosmosAdmin.)</summary>
    public bool IsMetadata => this is { Database: "scalardb", Name: "metadata" };

    /// <summary>Its path below the account.</summary>
    public string Path => $"sqlDatabases/{Uri.EscapeDataString(Database)}/containers/{Uri.EscapeDataString(Name)}";

    /// <inheritdoc/>
    public override string ToString() => $"{Database}/{Name}";
}
