using System.Globalization;
using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>Makes the elements of an answer. What is null is left out, as AWS does.</summary>
internal static class RdsXml
{
    public const string Namespace = "http://rds.amazonaws.com/doc/2014-10-31/";

    private static readonly XNamespace Ns = Namespace;

    public static XElement Element(string name, params IEnumerable<object?> content) => new(Ns + name, content);

    public static XElement? Text(string name, string? value) => value is null ? null : new XElement(Ns + name, value);

    public static XElement? Flag(string name, bool? value) =>
        value is { } flag ? new XElement(Ns + name, flag ? "true" : "false") : null;

    public static XElement? Number(string name, double? value) =>
        value is { } number ? new XElement(Ns + name, number.ToString(CultureInfo.InvariantCulture)) : null;

    public static XElement? Time(string name, DateTimeOffset? value) => value is { } time ? new XElement(Ns + name, Text(time)) : null;

    /// <summary>A list. It is marked as one, because its form alone does not tell.</summary>
    public static XElement List(string name, IEnumerable<XElement?> items)
    {
        var list = new XElement(Ns + name, items);
        list.AddAnnotation(ListMark.Instance);
        return list;
    }

    /// <summary>A list of texts.</summary>
    public static XElement List(string name, string item, IEnumerable<string> texts) => List(name, texts.Select(t => Text(item, t)));

    /// <summary>Whether the element was made as a list.</summary>
    public static bool IsList(XElement element) => element.Annotation<ListMark>() is not null;

    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static XElement Tags(string name, IEnumerable<KeyValuePair<string, string>> tags) =>
        List(name, tags.Select(t => Element("Tag", Text("Key", t.Key), Text("Value", t.Value))));

    private sealed class ListMark
    {
        public static ListMark Instance { get; } = new();
    }
}
