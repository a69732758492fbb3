using System.Security.Cryptography;
using System.Text;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Names of what a run creates. They derive from the run and the table, so that another process finds them again.</summary>
internal static class DynamoDbNames
{
    /// <summary>What every such name begins with.</summary>
    public const string Prefix = "scalarrestore-";

    private const int Longest = 255;
    private const int HashLength = 12;

    /// <summary>The name of a table's copy.</summary>
    public static string Copy(string runId, string table) => Fit($"{Prefix}{runId}-{table}");

    /// <summary>The name of the backup of a copy.</summary>
    public static string CopyBackup(string runId) => Fit($"{Prefix}{runId}-copy");

    /// <summary>The name of the safety backup of a live table.</summary>
    public static string SafetyBackup(string runId) => Fit($"{Prefix}{runId}-safety");

    // What is cut off lives on in a hash, so that two long names do not become one.
    private static string Fit(string name)
    {
        if (name.Length <= Longest)
            return name;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength].ToLowerInvariant();
        return $"{name[..(Longest - HashLength - 1)]}-{hash}";
    }
}
