using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>A text that can be edited in its source: a scalar of a values file, or a properties file as a whole.</summary>
internal sealed class EditableText
{
    private readonly YamlItem? _scalar;
    private readonly Lazy<MappedText?> _located;
    private readonly List<TextEdit> _edits = [];
    private IReadOnlyList<PropertyEntry>? _entries;

    /// <summary>The text of a scalar.</summary>
    public EditableText(ValuesDocument document, string key, YamlItem scalar)
    {
        Document = document;
        Key = key;
        Text = scalar.Text ?? "";
        _scalar = scalar.Target;
        _located = new Lazy<MappedText?>(() => ScalarText.Locate(document.Source.Text, scalar));
    }

    /// <summary>A properties file.</summary>
    public EditableText(ValuesDocument document)
    {
        Document = document;
        Key = "";
        Text = document.Source.Text;
        _located = new Lazy<MappedText?>(() => MappedText.Of(Text));
    }

    /// <summary>The source.</summary>
    public ValuesDocument Document { get; }

    /// <summary>The dotted key; empty for a properties file.</summary>
    public string Key { get; }

    /// <summary>The text as it is read.</summary>
    public string Text { get; }

    /// <summary>The node in the document; null for a properties file.</summary>
    public YamlItem? Scalar => _scalar;

    /// <summary>The properties in the text that are the products' own; others may stand beside them.</summary>
    /// <exception cref="RestoreException"><c>PropertiesInvalid</c>, with the place.</exception>
    public IReadOnlyList<PropertyEntry> Entries => _entries ??= ReadEntries();

    /// <summary>Whether the text was read as properties.</summary>
    public bool IsProperties => _entries is not null;

    /// <summary>The replacements, as the text is read.</summary>
    public IReadOnlyList<TextEdit> Edits => _edits;

    /// <summary>Whether anything is to be replaced.</summary>
    public bool IsEdited => _edits.Count > 0;

    /// <summary>The text afterwards, as it will be read.</summary>
    public string After => TextEdits.Apply(Text, _edits);

    /// <summary>Notes a replacement; the same one twice (aliases, duplicates) is one.</summary>
    public void Replace(TextSpan span, string replacement, bool isSecret = false)
    {
        var edit = new TextEdit(span.Start, span.Length, replacement, isSecret);
        if (!_edits.Contains(edit))
            _edits.Add(edit);
    }

    /// <summary>The replacements as they are made in the source.</summary>
    /// <exception cref="RestoreException"><c>ValuesFormNotSupported</c>.</exception>
    public IEnumerable<TextEdit> SourceEdits()
    {
        var located = _located.Value ?? throw NotSupported();
        foreach (var edit in _edits)
        {
            var span = located.Source(edit.Start, edit.Length);
            yield return edit with
            {
                Start = span.Start,
                Length = span.Length,
                Replacement = _scalar is null ? edit.Replacement : ScalarText.Encode(edit.Replacement, _scalar.Style),
            };
        }
    }

    /// <summary>Where a part of the text is written; the scalar's own place where that cannot be told.</summary>
    public ValuePlace Place(TextSpan span, string? property)
    {
        var index = _located.Value?.Source(span.Start, span.Length).Start ?? _scalar!.Start;
        var (line, column) = Document.Place(index);
        return new ValuePlace(Document.Source.Name, line, column, Key, property);
    }

    private IReadOnlyList<PropertyEntry> ReadEntries()
    {
        try
        {
            return PropertiesReader.Read(Text, StorageProperties.Own);
        }
        catch (PropertiesFault e)
        {
            throw new RestoreException(
                "PropertiesInvalid",
                FaultCategory.ParserError,
                $"{Place(new TextSpan(e.Index, 1), null)}: {e.Message}; Java refuses these properties too.",
                Document.Source.Name,
                PropertiesFault.Mend + " Nothing was changed.",
                e);
        }
    }

    private RestoreException NotSupported() => new(
        "ValuesFormNotSupported",
        FaultCategory.InvalidData,
        $"{Document.Source.Name}, line {_scalar!.Line}, column {_scalar.Column}: the way in which {Key} is written here cannot be edited safely.",
        Document.Source.Name,
        $"Write it as a block ('{Key[(Key.LastIndexOf('.') + 1)..]}: |' and the properties below it), then run the command again. Nothing was changed.");
}
