using YamlDotNet.Core;

namespace ScalarRestore.Engine.Yaml;

/// <summary>One node of a YAML document, with its place in the text. Only what a reader of configuration needs.</summary>
internal sealed class YamlItem
{
    /// <summary>The text of a scalar; null for a mapping, a sequence, or a plain <c>null</c>.</summary>
    public string? Text { get; init; }

    /// <summary>The children of a mapping, in the order of the text; null if it is none.</summary>
    public IReadOnlyDictionary<string, YamlItem>? Map { get; init; }

    /// <summary>The children of a sequence; null if it is none.</summary>
    public IReadOnlyList<YamlItem>? List { get; init; }

    /// <summary>How a scalar is written.</summary>
    public ScalarStyle Style { get; init; }

    /// <summary>An explicit tag, for example <c>!!binary</c>; null if there is none.</summary>
    public string? Tag { get; init; }

    /// <summary>Where the document says <c>*name</c>: the node that is meant. Text, Map and List are that node's.</summary>
    public YamlItem? Alias { get; init; }

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
