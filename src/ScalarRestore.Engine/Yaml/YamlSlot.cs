namespace ScalarRestore.Engine.Yaml;

/// <summary>The place of one scalar in a block mapping, and how another text is written there at the same indent.</summary>
internal sealed class YamlSlot
{
    private readonly string _text;
    private readonly int _parentIndent;
    private readonly bool _inFlow;
    private readonly int? _blockIndent;

    /// <summary>Finds the place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">Where the document begins that the items' places are relative to.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="map">The mapping.</param>
    /// <param name="scalar">Its scalar.</param>
    public YamlSlot(string text, int offset, int end, YamlItem map, YamlItem scalar)
    {
        _text = text;
        _parentIndent = map.Column - 1;
        _inFlow = text[offset + map.Start] == '{';
        Start = offset + scalar.Start;
        var lineStart = text.LastIndexOf('\n', Math.Max(0, Start - 1)) + 1;
        OwnLine = string.IsNullOrWhiteSpace(text[lineStart..Start]);
        Pad = OwnLine ? Start - lineStart : 0;
        if (Start < end && text[Start] is '|' or '>')
            (End, _blockIndent) = Block(end);
        else
            End = offset + scalar.End;
    }

    /// <summary>Where the scalar begins.</summary>
    public int Start { get; }

    /// <summary>The first character after it; the newline after a block's last line is not part of it.</summary>
    public int End { get; }

    /// <summary>Whether it stands on a line below its key, as <c>nindent</c> leaves it.</summary>
    public bool OwnLine { get; }

    /// <summary>The scalar as it is written now.</summary>
    public string Stored => _text[Start..End];

    /// <summary>The blanks before a scalar on a line of its own.</summary>
    private int Pad { get; }

    /// <summary>The text as <c>toYaml | nindent</c> writes it, which indents empty lines too, and counts an indent from the wrong place.</summary>
    public string AsHelm(string value) => GoScalar.Write(value).Replace("\n", "\n" + new string(' ', Pad), StringComparison.Ordinal);

    /// <summary>The text so that it is read back as exactly the same: as helm writes it wherever that holds.</summary>
    public string Exact(string value)
    {
        if (_inFlow)
            return Quoted(value);

        if (!GoScalar.FitsBlock(value))
            return OwnLine ? AsHelm(value) : Quoted(value);

        var indent = OwnLine ? Pad + 2 : _blockIndent ?? _parentIndent + 2;
        var step = indent - _parentIndent;
        var told = value[0] is ' ' or '\n';
        if (step is < 1 or > 9)
            return Quoted(value);

        var (content, empty) = (new string(' ', indent), new string(' ', Pad));
        var lines = value.Split('\n').Select(line => line.Length == 0 ? empty : content + line);
        var body = string.Join('\n', value.EndsWith('\n') ? lines.SkipLast(1) : lines);
        return $"|{(told ? step.ToString(System.Globalization.CultureInfo.InvariantCulture) : "")}{GoScalar.Chomping(value)}\n{body}";
    }

    /// <summary>The text in double quotes on one line, which can hold anything.</summary>
    public static string Quoted(string value) => GoScalar.Quoted(value);

    /// <summary>A block goes on until a line that is indented no further than its key; empty lines at its end count as its own.</summary>
    private (int End, int? Indent) Block(int limit)
    {
        int? indent = null;
        var at = LineEnd(Start, limit);
        while (at < limit)
        {
            var next = LineEnd(at + 1, limit);
            var line = _text.AsSpan(at + 1, next - at - 1);
            var blanks = line.Length - line.TrimStart(' ').Length;
            if (!line.IsWhiteSpace() && blanks <= _parentIndent)
                break;

            if (!line.IsWhiteSpace())
                indent ??= blanks;

            // The newline that ends the text begins no line.
            if (next == limit && line.Length == 0)
                break;

            at = next;
        }

        return (at, indent);
    }

    /// <summary>The line's newline, or the limit.</summary>
    private int LineEnd(int from, int limit)
    {
        if (from >= limit)
            return limit;

        var newline = _text.IndexOf('\n', from, limit - from);
        return newline < 0 ? limit : newline;
    }
}
