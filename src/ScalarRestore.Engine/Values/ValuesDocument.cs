using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values;

/// <summary>
/// One source of values, read: a values file (its first document, since helm reads no other), or a properties file. Knows where things stand,
/// so that a text can be replaced and everything around it stays as it is.
/// </summary>
internal sealed class ValuesDocument
{
    private const string Merge = "<<";
    private const int MostUses = 1000;

    private readonly YamlItem? _root;
    private readonly TextPlaces _places;

    private ValuesDocument(ValuesSource source, YamlDocument document)
    {
        Source = source;
        _root = document.Root;
        _places = new TextPlaces(source.Text);
        NextLine = document.NextLine;
        Keys = document.Keys;
    }

    /// <summary>The text and its name.</summary>
    public ValuesSource Source { get; }

    /// <summary>The line at which a second YAML document begins, which helm does not read; null if there is none.</summary>
    public int? NextLine { get; }

    /// <summary>Where the keys of the root begin, if each begins a line; else empty.</summary>
    public IReadOnlyList<int> Keys { get; }

    /// <summary>The root of the first document; null for properties and for empty files.</summary>
    public YamlItem? Root => _root;

    /// <summary>Reads a source.</summary>
    /// <exception cref="RestoreException"><c>ValuesInvalid</c>: it is no YAML, names a key twice, or costs too much to read.</exception>
    public static ValuesDocument Read(ValuesSource source)
    {
        if (source.IsProperties)
            return new ValuesDocument(source, new YamlDocument(null, null, []));

        // The parser takes these for line ends, and helm does not: it might see a key where helm sees a comment.
        if (source.Text.AsSpan().IndexOfAny('\u0085', '\u2028', '\u2029') is var odd and >= 0)
        {
            var (line, column) = new TextPlaces(source.Text).Of(odd);
            throw Invalid(source, line, column, $"there is a U+{(int)source.Text[odd]:X4}, which some programs take for the end of the line and others do not", null);
        }

        try
        {
            var document = YamlReader.ReadDocument(source.Text, YamlBudget.Values);
            if (document.Root is { Map: null, Text: not null } or { List: not null })
                throw new YamlFault("it is no mapping of keys to values", document.Root.Line, document.Root.Column);

            return new ValuesDocument(source, document);
        }
        catch (YamlFault e)
        {
            throw Invalid(source, e.Line, e.Column, $"this cannot be read as values: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>The line and the column of a character, both from 1.</summary>
    public (int Line, int Column) Place(int index) => _places.Of(index);

    /// <summary>
    /// The value at a dotted key, merge keys (<c>&lt;&lt;</c>) followed; null if it is not there.
    /// </summary>
    /// <exception cref="RestoreException"><c>ValuesShared</c>: a key before <c>&lt;&lt;</c> is merged in as well, and readers differ on which counts.</exception>
    public YamlItem? Find(string key)
    {
        var item = _root;
        foreach (var part in key.Split('.'))
        {
            item = item is null ? null : Child(item.Target, part);
            if (item is null)
                return null;
        }

        return item;
    }

    /// <summary>Every dotted key under which a node can be reached: by itself, by aliases and by merge keys.</summary>
    public IReadOnlySet<string> Uses(YamlItem node)
    {
        var uses = new HashSet<string>(StringComparer.Ordinal);
        if (_root is not null)
        {
            var holders = new Dictionary<YamlItem, bool>(ReferenceEqualityComparer.Instance);
            Collect(_root, "", node.Target, holders, uses);
        }

        return uses;
    }

    private static void Collect(YamlItem item, string path, YamlItem wanted, Dictionary<YamlItem, bool> holders, HashSet<string> uses)
    {
        if (uses.Count >= MostUses || !Holds(item.Target, wanted, holders))
            return;

        if (ReferenceEquals(item.Target, wanted))
            uses.Add(path);

        foreach (var (key, child) in item.Map ?? new Dictionary<string, YamlItem>(StringComparer.Ordinal))
            Collect(child, key == Merge ? path : Join(path, key), wanted, holders, uses);

        foreach (var child in item.List ?? [])
            Collect(child, path, wanted, holders, uses);
    }

    // Whether the node is somewhere below, looked up once for each node however many aliases lead to it.
    private static bool Holds(YamlItem item, YamlItem wanted, Dictionary<YamlItem, bool> holders)
    {
        if (holders.TryGetValue(item, out var holds))
            return holds;

        holds = ReferenceEquals(item, wanted)
            || (item.Map?.Values.Any(child => Holds(child.Target, wanted, holders)) ?? false)
            || (item.List?.Any(child => Holds(child.Target, wanted, holders)) ?? false);
        if (item.Map is not null || item.List is not null)
            holders[item] = holds;

        return holds;
    }

    private YamlItem? Child(YamlItem item, string key)
    {
        if (item.Map is null)
            return null;

        item.Map.TryGetValue(key, out var own);
        if (!item.Map.TryGetValue(Merge, out var merge))
            return own;

        var merged = (merge.List ?? [merge]).Select(one => Child(one.Target, key)).FirstOrDefault(found => found is not null);
        if (own is null || merged is null)
            return own ?? merged;

        var order = item.Map.Keys.ToList();
        return order.IndexOf(key) > order.IndexOf(Merge) ? own : throw Shared(own, key);
    }

    private static RestoreException Invalid(ValuesSource source, int line, int column, string why, Exception? inner) => new(
        "ValuesInvalid",
        FaultCategory.ParserError,
        $"{source.Name}, line {line}, column {column}: {why}.",
        source.Name,
        "Correct the file. Nothing was changed.",
        inner);

    private RestoreException Shared(YamlItem own, string key)
    {
        // The value's place is known, and its key stands before it.
        var at = Source.Text.LastIndexOf(key, Math.Max(0, own.Start - 1), StringComparison.Ordinal);
        var (line, column) = Place(at >= 0 ? at : own.Start);
        return new RestoreException(
            "ValuesShared",
            FaultCategory.InvalidData,
            $"{Source.Name}, line {line}, column {column}: the key '{key}' is set here and merged in by '<<' as well, and programs differ on which of them counts.",
            Source.Name,
            "Put '<<' before the other keys, or set the key in one place only. Nothing was changed.");
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
