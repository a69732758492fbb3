using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScalarRestore.Engine.Yaml;

/// <summary>Reads one YAML document into <see cref="YamlItem"/>s, on a budget, so that a small text cannot grow large.</summary>
internal sealed class YamlReader
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\u0085\u2028\u2029");

    /// <summary>From here on a text is parsed on a thread of its own; below, the thread would cost more than it saves.</summary>
    private const int AheadFrom = 1024 * 1024;

    private readonly IParser _parser;
    private readonly YamlBudget _budget;
    private readonly int[] _lineStarts;
    private readonly int _length;
    private readonly WrittenText _written;
    private readonly Dictionary<string, (YamlItem Item, long Weight)> _anchors = new(StringComparer.Ordinal);
    private readonly List<int> _rootKeys = [];
    private int _nodes;
    private long _expanded;

    private YamlReader(IParser parser, string text, YamlBudget budget)
    {
        _parser = parser;
        _budget = budget;
        _length = text.Length;
        _written = new WrittenText(text);
        _lineStarts = LineStarts(text);
    }

    /// <summary>Reads the first document; null if the text has none.</summary>
    /// <exception cref="YamlFault">The text is not YAML, or costs too much, or names a key twice.</exception>
    public static YamlItem? Read(string text, YamlBudget budget) => ReadDocument(text, budget).Root;

    /// <summary>Reads the first document, and tells where a second one begins.</summary>
    /// <exception cref="YamlFault">The first document is not YAML, or costs too much, or names a key twice.</exception>
    public static YamlDocument ReadDocument(string text, YamlBudget budget)
    {
        if (text.Length > budget.MaxCharacters)
            throw new YamlFault($"it is longer than {budget.MaxCharacters} characters", 1, 1);

        var parser = new Parser(new StringReader(text));
        using var ahead = text.Length >= AheadFrom ? new AheadParser(parser) : null;
        var reader = new YamlReader(ahead ?? (IParser)parser, text, budget);
        try
        {
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
                return new YamlDocument(null, null, []);

            var root = reader.Node(1);
            reader._parser.Consume<DocumentEnd>();
            return new YamlDocument(root, reader._parser.Accept<DocumentStart>(out var next) ? (int)next.Start.Line : null, reader._rootKeys);
        }
        catch (YamlException e)
        {
            throw new YamlFault(e.InnerException?.Message ?? e.Message, (int)e.Start.Line, (int)e.Start.Column, e);
        }
        catch (InvalidOperationException e)
        {
            // The scanner knows no better word for a plain scalar inside brackets that are never closed. The last thing it read is before it.
            var place = reader._parser.Current?.End ?? new Mark(0, 1, 1);
            throw new YamlFault("what follows is no YAML; a bracket or a brace may not be closed", (int)place.Line, (int)place.Column, e);
        }
    }

    private YamlItem Node(int depth)
    {
        var start = _parser.Current?.Start ?? Mark.Empty;
        if (depth > _budget.MaxDepth)
            throw At(start, $"it is nested deeper than {_budget.MaxDepth} levels");

        if (++_nodes > _budget.MaxNodes)
            throw At(start, $"it has more than {_budget.MaxNodes} nodes");

        var before = _expanded++;
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Reference(alias);

        var anchor = (_parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        var item = Value(start, depth);
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = (item, _expanded - before);

        return item;
    }

    private YamlItem Value(Mark start, int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Item(scalar.Start, scalar.End, Content(scalar), scalar.Style, Tag(scalar));

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            var list = new List<YamlItem>();
            while (!_parser.Accept<SequenceEnd>(out _))
                list.Add(Node(depth + 1));

            return Item(start, _parser.Consume<SequenceEnd>().End, list, tag: Tag(sequence));
        }

        if (_parser.TryConsume<MappingStart>(out var mapping))
            return Mapping(start, depth, Tag(mapping), isRoot: depth == 1 && mapping.Style == MappingStyle.Block);

        throw At(start, "a value is missing");
    }

    private YamlItem Reference(AnchorAlias alias)
    {
        if (_budget.MaxExpanded == 0)
            throw At(alias.Start, "aliases are not read");

        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
            throw At(alias.Start, $"'*{alias.Value.Value}' refers to an anchor that is not there before it");

        // Few characters can stand for billions of nodes.
        _expanded += target.Weight;
        if (_expanded > _budget.MaxExpanded)
            throw At(alias.Start, $"written out, its aliases stand for more than {_budget.MaxExpanded} nodes");

        return new YamlItem(target.Item.Target)
        {
            Line = (int)alias.Start.Line,
            Column = (int)alias.Start.Column,
            Start = Offset(alias.Start),
            End = Offset(alias.End),
        };
    }

    private YamlItem Mapping(Mark start, int depth, string? tag, bool isRoot)
    {
        var map = new Dictionary<string, YamlItem>(StringComparer.Ordinal);
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var at = _parser.Current?.Start ?? Mark.Empty;
            if (isRoot && at.Column == 1)
                _rootKeys.Add(Offset(at));

            var name = Key(at, depth + 1);
            if (!map.TryAdd(name, Node(depth + 1)))
                throw At(at, $"the key '{name}' is there twice");
        }

        return Item(start, _parser.Consume<MappingEnd>().End, map, tag: tag);
    }

    private string Key(Mark at, int depth)
    {
        // Nearly every key is a word, and needs no node of its own.
        if (_parser.Current is Scalar { Anchor.IsEmpty: true } word && _nodes < _budget.MaxNodes)
        {
            _nodes++;
            _expanded++;
            _parser.MoveNext();
            return Name(IsNull(word) ? null : word.Value, word.Style);
        }

        var key = Node(depth);
        return key.Map is null && key.List is null ? Name(key.Text, key.Style) : throw At(at, "a key is not a plain word");
    }

    // Only a plain << merges.
    private static string Name(string? key, ScalarStyle style) => key == "<<" && style != ScalarStyle.Plain ? "\"<<\"" : key ?? "null";

    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && (scalar.Value is "" or "~" or "null" or "Null" or "NULL");

    private static string? Tag(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private object? Content(Scalar scalar)
    {
        if (IsNull(scalar))
            return null;

        return _written.Holds(scalar.Value, scalar.Style, Offset(scalar.Start), Offset(scalar.End)) ? _written : scalar.Value;
    }

    private YamlItem Item(Mark start, Mark end, object? content, ScalarStyle style = ScalarStyle.Any, string? tag = null) => new(content)
    {
        Style = style,
        Tag = tag,
        Line = (int)start.Line,
        Column = (int)start.Column,
        Start = Offset(start),
        End = Offset(end),
    };

    private static YamlFault At(Mark mark, string message) => new(message, (int)mark.Line, (int)mark.Column);

    // The parser's own index drifts where line ends are two characters long; lines and columns do not.
    private int Offset(Mark mark)
    {
        var line = (int)mark.Line - 1;
        return line >= _lineStarts.Length ? _length : Math.Min(_length, _lineStarts[line] + (int)mark.Column - 1);
    }

    private static int[] LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        var at = 0;
        while (text.AsSpan(at).IndexOfAny(LineEnds) is var found and >= 0)
        {
            at += found + 1;
            if (text[at - 1] != '\r' || at == text.Length || text[at] != '\n')
                starts.Add(at);
        }

        return [.. starts];
    }
}
