namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>One database as it was during the pause.</summary>
/// <param name="Source">The database.</param>
/// <param name="View">What the API told of it.</param>
/// <param name="Rows">Its rows; null where none can be read.</param>
internal sealed record PausedDatabase(RdsSource Source, DatabaseView View, Snapshot? Rows)
{
    /// <summary>The URL that its release used.</summary>
    public string Url => $"jdbc:postgresql://{View.Address}/{RdsSource.Database}";
}
