namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>
/// Names of restored servers: 3 to 63 small letters, digits and hyphens, no hyphen first or last, unique in the world. (Resource Manager,
/// "Naming rules", Microsoft.DBforMySQL and Microsoft.DBforPostgreSQL.)
/// </summary>
internal static class FlexibleNames
{
    /// <summary>The longest that the service takes.</summary>
    public const int Longest = 63;

    /// <summary>The name of what is restored: the source's with the run's id behind it.</summary>
    public static string Restored(string runId, string source) => RunNames.Derive(source, "-", runId, Longest);
}
