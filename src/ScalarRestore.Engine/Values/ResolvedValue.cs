using System.Text;

namespace ScalarRestore.Engine.Values;

/// <summary>A property's value with its placeholders filled in, as the product sees it, and what each part of it comes from.</summary>
internal sealed class ResolvedValue
{
    private readonly List<Part> _parts = [];
    private readonly List<string> _unresolved = [];

    private ResolvedValue(string text) => Text = text;

    /// <summary>The value; placeholders that cannot be filled in stand as they are written.</summary>
    public string Text { get; private set; }

    /// <summary>Variables that are referred to and not known.</summary>
    public IReadOnlyList<string> Unresolved => _unresolved;

    /// <summary>Fills in what is known.</summary>
    public static ResolvedValue Of(string value, PodVariables variables)
    {
        var resolved = new ResolvedValue(value);
        var text = new StringBuilder(value.Length);
        var at = 0;
        foreach (var placeholder in Placeholders.Parts(value))
        {
            if (placeholder.Span.Start < at)
                continue;

            resolved.Add(text, value, new TextSpan(at, placeholder.Span.Start - at));
            resolved.Fill(text, value, placeholder, variables);
            at = placeholder.Span.End;
        }

        resolved.Add(text, value, new TextSpan(at, value.Length - at));
        resolved.Text = text.ToString();
        return resolved;
    }

    /// <summary>
    /// Where a part of the value comes from: the variable, or null for the property itself, and the place in that text. Null if it comes from
    /// more than one place, or from a placeholder that is not filled in.
    /// </summary>
    public (string? Variable, TextSpan Span)? Origin(TextSpan span)
    {
        foreach (var part in _parts)
        {
            if (span.Start >= part.At && span.End <= part.At + part.Length && (span.Length > 0 || part.Length > 0))
                return part.Fixed ? null : (part.Variable, new TextSpan(part.SourceAt + span.Start - part.At, span.Length));
        }

        return null;
    }

    /// <summary>The one variable that the whole value is; null if it is not just that.</summary>
    public string? Whole => _parts is [{ Fixed: false, Variable: { } variable }] ? variable : null;

    /// <summary>Whether the value is written as it is, without any placeholder.</summary>
    public bool IsLiteral => _parts.TrueForAll(part => part is { Variable: null, Fixed: false }) && _unresolved.Count == 0;

    private void Fill(StringBuilder text, string value, PlaceholderPart placeholder, PodVariables variables)
    {
        // The template's fallback also counts for a variable that is set to nothing.
        var isKnown = variables.Known.TryGetValue(placeholder.Variable, out var known);
        if (isKnown && (known!.Length > 0 || placeholder.Fallback is null || !placeholder.UnsetIsEmpty))
        {
            _parts.Add(new Part(text.Length, known.Length, 0, placeholder.Variable, Fixed: false));
            text.Append(known);
        }
        else if (!isKnown && !variables.Complete)
        {
            _unresolved.Add(placeholder.Variable);
            AddFixed(text, value, placeholder);
        }
        else if (placeholder.Fallback is { } fallback)
        {
            Add(text, value, fallback);
        }
        else if (!placeholder.UnsetIsEmpty)
        {
            AddFixed(text, value, placeholder);
        }
    }

    private void Add(StringBuilder text, string value, TextSpan span)
    {
        if (span.Length == 0)
            return;

        _parts.Add(new Part(text.Length, span.Length, span.Start, null, Fixed: false));
        text.Append(value, span.Start, span.Length);
    }

    private void AddFixed(StringBuilder text, string value, PlaceholderPart placeholder)
    {
        _parts.Add(new Part(text.Length, placeholder.Span.Length, placeholder.Span.Start, null, Fixed: true));
        text.Append(value, placeholder.Span.Start, placeholder.Span.Length);
    }

    private sealed record Part(int At, int Length, int SourceAt, string? Variable, bool Fixed);
}
