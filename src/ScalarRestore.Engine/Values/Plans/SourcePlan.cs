namespace ScalarRestore.Engine.Values.Plans;

/// <summary>What becomes of one source.</summary>
internal sealed class SourcePlan
{
    private readonly Lazy<ValuesDocument> _after;

    /// <summary>Notes what becomes of a source.</summary>
    /// <param name="document">The source as it is.</param>
    /// <param name="edits">What is replaced in it, in order.</param>
    /// <param name="places">The same in words.</param>
    public SourcePlan(ValuesDocument document, IReadOnlyList<TextEdit> edits, IReadOnlyList<EndpointEdit> places)
    {
        Document = document;
        Edits = edits;
        Places = places;
        AfterText = edits.Count == 0 ? document.Source.Text : TextEdits.Apply(document.Source.Text, edits);
        _after = new Lazy<ValuesDocument>(() => Edits.Count == 0 ? Document : ValuesDocument.Read(Document.Source with { Text = AfterText }));
    }

    /// <summary>The source as it is.</summary>
    public ValuesDocument Document { get; }

    /// <summary>What is replaced in it, in order; empty where nothing is.</summary>
    public IReadOnlyList<TextEdit> Edits { get; }

    /// <summary>The same in words.</summary>
    public IReadOnlyList<EndpointEdit> Places { get; }

    /// <summary>The text afterwards.</summary>
    public string AfterText { get; }

    /// <summary>The source afterwards; read when it is asked for.</summary>
    public ValuesDocument After => _after.Value;
}
