using YamlDotNet.Core;

namespace ScalarRestore.Engine.Yaml;

/// <summary>One node of a YAML document, with its place in the text. Only what a reader of configuration needs.</summary>
internal sealed class YamlItem
{
    private readonly object? _content;

    /// <summary>A node.</summary>
    /// <param name="content">
    /// A scalar's text, a mapping's or a sequence's children, or null; or the document as a <see cref="WrittenText"/>, where the scalar's text
    /// stands in it to the letter.
    /// </param>
    public YamlItem(object? content) => _content = content;

    /// <summary>A reference to a node, which has the same content.</summary>
    /// <param name="target">The node that is meant.</param>
    public YamlItem(YamlItem target)
    {
        Alias = target;
        _content = target._content;
        Style = target.Style;
        Tag = target.Tag;
    }

    /// <summary>The text of a scalar; null for a mapping, a sequence, or a plain <c>null</c>.</summary>
    public string? Text => _content switch
    {
        string text => text,
        WrittenText document => document.Of(Target),
        _ => null,
    };

    /// <summary>The children of a mapping, in the order of the text; null if it is none.</summary>
    public IReadOnlyDictionary<string, YamlItem>? Map => _content as Dictionary<string, YamlItem>;

    /// <summary>The children of a sequence; null if it is none.</summary>
    public IReadOnlyList<YamlItem>? List => _content as List<YamlItem>;

    /// <summary>How a scalar is written.</summary>
    public ScalarStyle Style { get; init; }

    /// <summary>An explicit tag, for example <c>!!binary</c>; null if there is none.</summary>
    public string? Tag { get; init; }

    /// <summary>Where the document says <c>*name</c>: the node that is meant. Text, Map and List are that node's.</summary>
    public YamlItem? Alias { get; }

    /// <summary>The node itself, not a reference to it.</summary>
    public YamlItem Target => Alias ?? this;

    /// <summary>The line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>Where the node begins, in characters of the text.</summary>
    public required int Start { get; init; }

    /// <summary>The first character after the node.</summary>
    public required int End { get; init; }

    /// <summary>The child of a mapping; null if there is none or this is no mapping.</summary>
    public YamlItem? this[string key] => Map is not null && Map.TryGetValue(key, out var child) ? child : null;

    /// <summary>Follows keys downwards.</summary>
    public YamlItem? At(params ReadOnlySpan<string> path)
    {
        var item = this;
        foreach (var key in path)
        {
            item = item[key];
            if (item is null)
            {
                return null;
            }
        }

        return item;
    }
}
