using System.Globalization;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>A place in a text as editors show it.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
internal readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The place right behind a text.</summary>
    public static TextPosition Behind(ReadOnlySpan<char> text)
    {
        var line = 1;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // CR LF ends one line, and so does a CR by itself.
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                start = i + 1;
            }
        }

        return new TextPosition(line, text.Length - start + 1);
    }

    /// <summary>For messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}");
}
