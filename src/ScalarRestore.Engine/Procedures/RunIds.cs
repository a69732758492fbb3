using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Ids of runs: sortable by time, short enough to be read out, and fit for file, table and object names.</summary>
internal static class RunIds
{
    /// <summary>A new id.</summary>
    public static string New(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + Convert.ToHexString(RandomNumberGenerator.GetBytes(2)).ToLowerInvariant();

    /// <summary>Whether an id fits any of the patterns; every id fits no patterns at all.</summary>
    public static bool Fits(string id, IReadOnlyList<string> patterns) => patterns.Count == 0 || patterns.Any(pattern => Expression(pattern).IsMatch(id));

    /// <summary>Whether a pattern names exactly one run.</summary>
    public static bool IsExact(string pattern) => !pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains('?', StringComparison.Ordinal);

    private static Regex Expression(string pattern) => new(
        "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1));
}
