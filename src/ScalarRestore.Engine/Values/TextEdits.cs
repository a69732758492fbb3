namespace ScalarRestore.Engine.Values;

/// <summary>Applies changes to a text.</summary>
internal static class TextEdits
{
    /// <summary>The text with all changes made; everything outside of them stays as it is.</summary>
    /// <exception cref="ArgumentException">Two changes overlap.</exception>
    public static string Apply(string text, IEnumerable<TextEdit> edits) => Apply(text, new TextSpan(0, text.Length), edits);

    /// <summary>A part of the text with all changes made, which have to lie in it.</summary>
    /// <exception cref="ArgumentException">Two changes overlap, or one lies outside.</exception>
    public static string Apply(string text, TextSpan part, IEnumerable<TextEdit> edits)
    {
        var ordered = edits.OrderBy(edit => edit.Start).ToList();
        var at = part.Start;
        foreach (var edit in ordered)
        {
            if (edit.Start < at || edit.Start + edit.Length > part.End)
                throw new ArgumentException($"Two changes overlap at {edit.Start}, or one lies outside.", nameof(edits));

            at = edit.Start + edit.Length;
        }

        return string.Create(part.Length + ordered.Sum(edit => edit.Replacement.Length - edit.Length), (text, part, ordered), static (result, all) =>
        {
            var at = all.part.Start;
            foreach (var edit in all.ordered)
            {
                all.text.AsSpan(at, edit.Start - at).CopyTo(result);
                result = result[(edit.Start - at)..];
                edit.Replacement.CopyTo(result);
                result = result[edit.Replacement.Length..];
                at = edit.Start + edit.Length;
            }

            all.text.AsSpan(at, all.part.End - at).CopyTo(result);
        });
    }
}
