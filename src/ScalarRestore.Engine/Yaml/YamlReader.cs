using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScalarRestore.Engine.Yaml;

/// <summary>Reads one YAML document into <see cref="YamlItem"/>s, on a budget and without aliases, so that a small text cannot grow large.</summary>
internal sealed class YamlReader
{
    private readonly Parser _parser;
    private readonly YamlBudget _budget;
    private readonly int[] _lineStarts;
    private readonly int _length;
    private int _nodes;

    private YamlReader(string text, YamlBudget budget)
    {
        _parser = new Parser(new StringReader(text));
        _budget = budget;
        _length = text.Length;
        _lineStarts = LineStarts(text);
    }

    /// <summary>Reads the first document; null if the text has none.</summary>
    /// <exception cref="YamlFault">The text is not YAML, or costs too much, or names a key twice.</exception>
    public static YamlItem? Read(string text, YamlBudget budget)
    {
        if (text.Length > budget.MaxCharacters)
            throw new YamlFault($"it is longer than {budget.MaxCharacters} characters", 1, 1);

        var reader = new YamlReader(text, budget);
        try
        {
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
                return null;

            return reader.Node(1);
        }
        catch (YamlException e)
        {
            throw new YamlFault(e.InnerException?.Message ?? e.Message, (int)e.Start.Line, (int)e.Start.Column, e);
        }
    }

    private YamlItem Node(int depth)
    {
        var start = _parser.Current?.Start ?? Mark.Empty;
        if (depth > _budget.MaxDepth)
            throw At(start, $"it is nested deeper than {_budget.MaxDepth} levels");

        if (++_nodes > _budget.MaxNodes)
            throw At(start, $"it has more than {_budget.MaxNodes} nodes");

        if (_parser.TryConsume<Scalar>(out var scalar))
            return Item(scalar.Start, scalar.End, IsNull(scalar) ? null : scalar.Value);

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            var list = new List<YamlItem>();
            while (!_parser.Accept<SequenceEnd>(out _))
                list.Add(Node(depth + 1));

            return Item(start, _parser.Consume<SequenceEnd>().End, list: list);
        }

        if (_parser.TryConsume<MappingStart>(out _))
            return Mapping(start, depth);

        throw At(start, _parser.Current is AnchorAlias ? "aliases are not read" : "a value is missing");
    }

    private YamlItem Mapping(Mark start, int depth)
    {
        var map = new Dictionary<string, YamlItem>(StringComparer.Ordinal);
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            if (key.Map is not null || key.List is not null)
                throw new YamlFault("a key is not a plain word", key.Line, key.Column);

            if (!map.TryAdd(key.Text ?? "null", Node(depth + 1)))
                throw new YamlFault($"the key '{key.Text}' is there twice", key.Line, key.Column);
        }

        return Item(start, _parser.Consume<MappingEnd>().End, map: map);
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && (scalar.Value is "" or "~" or "null" or "Null" or "NULL");

    private YamlItem Item(
        Mark start, Mark end, string? text = null, Dictionary<string, YamlItem>? map = null, List<YamlItem>? list = null) => new()
        {
            Text = text,
            Map = map,
            List = list,
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
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) || text[i] is '\x85' or '\u2028' or '\u2029')
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}
