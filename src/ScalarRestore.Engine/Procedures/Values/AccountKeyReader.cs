using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Databases.CosmosDb;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>Reads the keys of restored Cosmos DB accounts from Azure.</summary>
/// <param name="services">The clients.</param>
/// <param name="databases">What the run restored; empty for files by themselves.</param>
internal sealed class AccountKeyReader(EngineServices services, IReadOnlyList<RestoredDatabase> databases)
{
    /// <summary>
    /// The key of an account that the run restored, or, where the command says how to sign in to Azure, of one that is found by its endpoint;
    /// null if it is neither.
    /// </summary>
    /// <exception cref="RestoreException">Azure refused, or could not be asked.</exception>
    public async Task<string?> FindAsync(EndpointMove move, CancellationToken cancellationToken)
    {
        if (databases.FirstOrDefault(database => IsAt(database, move)) is { NewResourceId: { } id } restored)
            return await CosmosKeys.ReadAsync(Client(services.Azure.Over(restored.Azure ?? new AzureConnection())), id, cancellationToken).ConfigureAwait(false);

        // Nobody asked for a sign-in: an account that was restored by other means may be in a tenant that this machine knows nothing of.
        if (services.Azure == new AzureConnection())
            return null;

        var client = Client(services.Azure);
        return await new CosmosDiscovery(client, services.Azure).FindIdAsync(move.New.Host, cancellationToken).ConfigureAwait(false) is { } found
            ? await CosmosKeys.ReadAsync(client, found, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private IArmClient Client(AzureConnection connection) => services.Arm.For(connection, services.Mode);

    private static bool IsAt(RestoredDatabase database, EndpointMove move) =>
        database.Kind == DatabaseKind.CosmosDB && database.Endpoints.Any(change => EndpointAddress.Parse(change.New).Overlaps(move.New));
}
