using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Identifiers of what a run creates.</summary>
internal static partial class RdsNames
{
    /// <summary>The longest that the service takes.</summary>
    public const int Longest = 63;

    /// <summary>The identifier of what is restored: the source's with the run's id behind it.</summary>
    public static string Restored(string runId, string source) => RunNames.Derive(source, "-", runId, Longest);

    /// <summary>The identifier under which the source is put aside.</summary>
    public static string Aside(string runId, string source) => RunNames.Derive(source, "-before-", runId, Longest);

    /// <summary>Whether the service takes an identifier: letters, digits and hyphens, a letter first, no hyphen last, no two in a row.</summary>
    public static bool IsLegal(string identifier) => identifier.Length <= Longest && Legal().IsMatch(identifier);

    [GeneratedRegex(@"\A[A-Za-z](-?[A-Za-z0-9])*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Legal();
}
