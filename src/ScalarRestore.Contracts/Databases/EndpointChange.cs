namespace ScalarRestore.Contracts;

/// <summary>An endpoint of a database, before and after its restore.</summary>
public sealed record EndpointChange
{
    /// <summary>
    /// The endpoint that workloads use until now: a host (<c>db.example.rds.amazonaws.com</c>), a host with a port, a Cosmos DB account URI
    /// (<c>https://account.documents.azure.com:443/</c>), or a whole JDBC URL, of which host and port count.
    /// </summary>
    public required string Old { get; init; }

    /// <summary>The endpoint of the restored database, in one of the same forms.</summary>
    public required string New { get; init; }

    /// <summary>Both, for messages. Neither carries names or passwords.</summary>
    public override string ToString() => $"{Old} -> {New}";
}
