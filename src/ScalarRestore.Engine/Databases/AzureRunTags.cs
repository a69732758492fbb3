using System.Globalization;

namespace ScalarRestore.Engine.Databases;

/// <summary>
/// The tags by which an account or a server is known for a run's. Of flexible servers they are all there is to know it by: the service itself
/// tells neither what one was restored from nor to when (domain/azure.md, section 2). They stay, and tell where it comes from.
/// </summary>
internal static class AzureRunTags
{
    /// <summary>A resource has up to 50 tags, of which a run needs three.</summary>
    public const int MostForeign = 47;

    private const string Prefix = "scalarrestore-";
    private const string Run = Prefix + "run";
    private const string Time = Prefix + "restore-time";
    private const string Source = Prefix + "source";

    /// <summary>The tags of what a run makes: those of its source, and the run's own.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> tags, string runId, DateTimeOffset time, string source) =>
        new SortedDictionary<string, string>(Foreign(tags).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [Run] = runId,
            [Time] = Utc(time),
            [Source] = source,
        };

    /// <summary>Whether a run's tags are among those of a resource.</summary>
    public static bool AreIn(IReadOnlyDictionary<string, string> tags, string runId, DateTimeOffset time, string source) =>
        tags.GetValueOrDefault(Run) == runId && tags.GetValueOrDefault(Time) == Utc(time) && tags.GetValueOrDefault(Source) == source;

    /// <summary>The tags that are not a run's, as many as there is room for.</summary>
    public static IReadOnlyDictionary<string, string> Foreign(IReadOnlyDictionary<string, string> tags) => Sorted(tags).Take(MostForeign).ToDictionary(StringComparer.Ordinal);

    /// <summary>The names of those that there is no room for.</summary>
    public static IReadOnlyList<string> Beyond(IReadOnlyDictionary<string, string> tags) => [.. Sorted(tags).Skip(MostForeign).Select(tag => tag.Key)];

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> tags) =>
        tags.Where(tag => !tag.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal);

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
