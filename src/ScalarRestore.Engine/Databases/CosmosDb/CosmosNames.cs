namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>
/// Names of restored accounts: 3 to 44 small letters, digits and hyphens, unique in the world. (Resource Manager, "Naming rules", Microsoft.DocumentDB.)
/// </summary>
internal static class CosmosNames
{
    /// <summary>The longest that the service takes.</summary>
    public const int Longest = 44;

    /// <summary>The name of what is restored: the source's with the run's id behind it.</summary>
    public static string Restored(string runId, string source) => RunNames.Derive(source, "-", runId, Longest);
}
