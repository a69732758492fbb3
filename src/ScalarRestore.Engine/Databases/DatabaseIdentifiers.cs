namespace ScalarRestore.Engine.Databases;

/// <summary>Looks at how databases are named.</summary>
internal static class DatabaseIdentifiers
{
    /// <summary>Refuses names that no provider knows: to pass them over would restore fewer databases than were asked for.</summary>
    /// <exception cref="RestoreException"><c>DatabaseIdentifierUnknown</c>.</exception>
    public static void RefuseForeign(DatabaseSelection selection, IReadOnlyList<IDatabaseProvider> providers)
    {
        if (selection.Identifiers?.FirstOrDefault(identifier => !providers.Any(provider => provider.Owns(identifier))) is { } foreign)
        {
            throw new RestoreException(
                "DatabaseIdentifierUnknown",
                FaultCategory.InvalidArgument,
                $"'{foreign}' names no database of a kind that this version restores.",
                foreign,
                "Give an RDS or Aurora identifier or ARN, or the resource id of an Azure Cosmos DB account or a MySQL or PostgreSQL flexible server. Nothing was changed.");
        }
    }
}
