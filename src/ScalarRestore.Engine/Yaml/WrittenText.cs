using YamlDotNet.Core;

namespace ScalarRestore.Engine.Yaml;

/// <summary>
/// A document in which most scalars stand as they are read, so that they need no text of their own: large files have hundreds of thousands,
/// and whatever lives as long as the tree is moved by the garbage collector again and again.
/// </summary>
/// <param name="document">The document.</param>
internal sealed class WrittenText(string document)
{
    /// <summary>The text of a scalar for which <see cref="Holds"/> was true.</summary>
    public string Of(YamlItem scalar)
    {
        var quote = Quote(scalar.Style);
        return document[(scalar.Start + quote)..(scalar.End - quote)];
    }

    /// <summary>Whether a scalar's text is, to the letter, what is written between its begin and its end, quotes aside.</summary>
    /// <param name="text">The text as it was read.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="start">Where it begins in the document.</param>
    /// <param name="end">The first character after it.</param>
    public bool Holds(string text, ScalarStyle style, int start, int end)
    {
        var quote = Quote(style);
        return quote >= 0 && end - start == text.Length + (2 * quote) && document.AsSpan(start + quote, text.Length).SequenceEqual(text);
    }

    private static int Quote(ScalarStyle style) => style switch
    {
        ScalarStyle.Plain => 0,
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => 1,
        _ => -1,
    };
}
