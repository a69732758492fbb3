using System.Globalization;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>The tags by which a run's account is known beside its restore parameters. They stay, and tell where it comes from.</summary>
internal static class CosmosTags
{
    /// <summary>An account has up to 50 tags, of which a run needs two.</summary>
    public const int MostForeign = 48;

    private const string Prefix = "scalarrestore-";
    private const string Run = Prefix + "run";
    private const string Time = Prefix + "restore-time";

    /// <summary>The tags of what a run makes: those of its source, and the run's own.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> source, string runId, DateTimeOffset time)
    {
        var tags = new SortedDictionary<string, string>(Foreign(source).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [Run] = runId,
            [Time] = Utc(time),
        };
        return tags;
    }

    /// <summary>Whether a run's tags are among those of an account.</summary>
    public static bool AreIn(IReadOnlyDictionary<string, string> tags, string runId, DateTimeOffset time) =>
        tags.GetValueOrDefault(Run) == runId && tags.GetValueOrDefault(Time) == Utc(time);

    /// <summary>The tags that are not a run's, as many as there is room for.</summary>
    public static IReadOnlyDictionary<string, string> Foreign(IReadOnlyDictionary<string, string> tags) => Sorted(tags).Take(MostForeign).ToDictionary(StringComparer.Ordinal);

    /// <summary>The names of those that there is no room for.</summary>
    public static IReadOnlyList<string> Beyond(IReadOnlyDictionary<string, string> tags) => [.. Sorted(tags).Skip(MostForeign).Select(tag => tag.Key)];

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> tags) =>
        tags.Where(tag => !tag.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal);

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
