using System.Globalization;
using System.Xml.Linq;
using ScalarRestore.Engine.Databases.Rds.Settings;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>The tags by which a run knows what it made; a name alone proves nothing. They stay, and tell where a database comes from.</summary>
internal static class RdsTags
{
    /// <summary>A database has up to 50 tags, of which a run needs three.</summary>
    public const int MostForeign = 47;

    private const string Prefix = "scalarrestore:";
    private const string Run = Prefix + "run";
    private const string Source = Prefix + "source";
    private const string Time = Prefix + "restore-time";

    /// <summary>The tags of what a run makes: those of its source, and the run's own.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> source, string runId, string resourceId, DateTimeOffset time)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Foreign(source))
            tags[key] = value;

        tags[Run] = runId;
        tags[Source] = resourceId;
        tags[Time] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return tags;
    }

    /// <summary>Whether a resource was made by this run from this source to this time.</summary>
    public static bool AreOn(XElement resource, string runId, string resourceId, DateTimeOffset time)
    {
        var tags = Reading.Tags(resource);
        return Of(new Dictionary<string, string>(StringComparer.Ordinal), runId, resourceId, time).All(tag => tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
    }

    /// <summary>The tags that are not a run's, as many as there is room for.</summary>
    public static IReadOnlyDictionary<string, string> Foreign(IReadOnlyDictionary<string, string> tags) => Sorted(tags).Take(MostForeign).ToDictionary(StringComparer.Ordinal);

    /// <summary>The names of those that there is no room for.</summary>
    public static IReadOnlyList<string> Beyond(IReadOnlyDictionary<string, string> tags) => [.. Sorted(tags).Skip(MostForeign).Select(tag => tag.Key)];

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> tags) =>
        tags.Where(tag => !tag.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal);
}
