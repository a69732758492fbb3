using System.Globalization;
using System.Xml.Linq;

namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>Reads parts of descriptions.</summary>
internal static class Reading
{
    /// <summary>The text at a path of element names; null if it is not there or empty.</summary>
    public static string? Text(XElement? resource, params ReadOnlySpan<string> path)
    {
        var element = resource;
        foreach (var name in path)
            element = element?.Element(name);

        return element?.Value.Trim() is { Length: > 0 } value ? value : null;
    }

    /// <summary>A yes or no; what is not said is a no.</summary>
    public static string Flag(XElement resource, string name) => string.Equals(Text(resource, name), "true", StringComparison.OrdinalIgnoreCase) ? "true" : "false";

    /// <summary>The items of a list, in order of their names, joined with commas; null if there are none.</summary>
    /// <param name="resource">The description.</param>
    /// <param name="list">The list.</param>
    /// <param name="part">The part of each item that counts; null if the item is a text.</param>
    public static string? List(XElement resource, string list, string? part = null)
    {
        var items = Items(resource, list, part).Order(StringComparer.Ordinal).ToList();
        return items.Count > 0 ? string.Join(',', items) : null;
    }

    /// <summary>The items of a list as they come.</summary>
    public static IEnumerable<string> Items(XElement resource, string list, string? part = null) =>
        (resource.Element(list)?.Elements() ?? []).Select(item => part is null ? item.Value.Trim() : Text(item, part)).OfType<string>().Where(item => item.Length > 0);

    /// <summary>A number; null if it is not there.</summary>
    public static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time, UTC; null if it is not there.</summary>
    public static DateTimeOffset? Time(XElement? resource, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(Text(resource, path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Tags, without those of AWS itself, which nobody may set.</summary>
    public static IReadOnlyDictionary<string, string> Tags(XElement resource)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in resource.Element("TagList")?.Elements() ?? [])
        {
            if (Text(tag, "Key") is { } key && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                tags[key] = Text(tag, "Value") ?? "";
        }

        return tags;
    }
}
