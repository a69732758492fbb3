using System.Globalization;
using System.Text;

namespace ScalarRestore.Engine.Yaml;

/// <summary>
/// Writes a text as the YAML library inside helm does (Go's yaml.v2, which is behind <c>toYaml</c>), so that what is spliced into a manifest
/// and the checksum over it come out as helm's own would.
/// </summary>
internal static class GoScalar
{
    /// <summary>Behind this column the library folds at the next blank.</summary>
    private const int Width = 80;

    private static readonly HashSet<string> OtherWords = new(
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What <c>toYaml</c> makes of a text: all lines, without the newline at the end.</summary>
    public static string Write(string text)
    {
        if (FitsBlock(text))
            return Block(text);

        return text.Length == 0 || text.Contains('\n', StringComparison.Ordinal) || !text.All(IsPrintable) || MayBeOtherType(text)
            ? Quoted(text, fold: true)
            : FitsPlain(text) ? Folded(text, quote: false) : Folded(text, quote: true);
    }

    /// <summary>Whether a text is written as a literal block: several lines, none of which ends with a blank, and no characters that need an escape.</summary>
    public static bool FitsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && !text.EndsWith(' ')
        && !text.Contains(" \n", StringComparison.Ordinal)
        && text.All(c => c == '\n' || (IsPrintable(c) && c is not ('\u2028' or '\u2029')));

    /// <summary>How the newlines at the end of a block are kept: none, one, or all of them.</summary>
    public static string Chomping(string text) =>
        !text.EndsWith('\n') ? "-" : text.Length == 1 || text[^2] == '\n' ? "+" : "";

    /// <summary>The text in double quotes, with escapes.</summary>
    public static string Quoted(string text, bool fold = false)
    {
        var written = new StringBuilder("\"");
        var column = 1;
        var blank = false;
        for (var i = 0; i < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, i);
            if (rune.Value == ' ' && fold && !blank && column > Width && i > 0 && i < text.Length - 1)
            {
                // A blank that follows would be lost at the line's beginning.
                written.Append("\n  ").Append(text[i + 1] == ' ' ? "\\" : "");
                column = text[i + 1] == ' ' ? 3 : 2;
            }
            else
            {
                var escaped = Escaped(rune);
                written.Append(escaped);
                column += escaped.Length;
            }

            blank = rune.Value == ' ';
            i += rune.Utf16SequenceLength;
        }

        return written.Append('"').ToString();
    }

    private static string Block(string text)
    {
        // The indent has to be told where the text begins with a blank or an empty line.
        var header = $"|{(text[0] is ' ' or '\n' ? "2" : "")}{Chomping(text)}\n";
        var lines = text.Split('\n').Select(line => line.Length == 0 ? "" : "  " + line);
        var body = string.Join('\n', lines);
        return header + (text.EndsWith('\n') ? body[..^1] : body);
    }

    private static string Folded(string text, bool quote)
    {
        var written = new StringBuilder(quote ? "'" : "");
        var column = written.Length;
        var blank = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ' && !blank && column > Width && i > 0 && i < text.Length - 1 && text[i + 1] != ' ')
            {
                written.Append("\n  ");
                column = 2;
            }
            else
            {
                written.Append(quote && c == '\'' ? "''" : c.ToString());
                column += quote && c == '\'' ? 2 : 1;
            }

            blank = c == ' ';
        }

        return written.Append(quote ? "'" : "").ToString();
    }

    /// <summary>Whether one line needs no quotes.</summary>
    private static bool FitsPlain(string text)
    {
        if (text.StartsWith(' ') || text.EndsWith(' ') || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;

        if (text[0] is '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`')
            return false;

        if (text[0] is '?' or ':' or '-' && (text.Length == 1 || text[1] == ' '))
            return false;

        return !text.EndsWith(':') && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal);
    }

    /// <summary>Whether a text might be read as a number, a date or a truth. It errs on the side of quotes.</summary>
    private static bool MayBeOtherType(string text) =>
        text[0] is '-' or '+' or '.' or '~' or '<' or '=' || char.IsAsciiDigit(text[0]) || OtherWords.Contains(text);

    private static bool IsPrintable(char c) => c is >= ' ' and <= '~' or >= '\u00a0' and <= '\ud7ff' or >= '\ue000' and <= '\ufffd' && c != '\ufeff';

    private static string Escaped(Rune rune)
    {
        switch (rune.Value)
        {
            case '\0':
                return "\\0";
            case '\a':
                return "\\a";
            case '\b':
                return "\\b";
            case '\t':
                return "\\t";
            case '\n':
                return "\\n";
            case '\v':
                return "\\v";
            case '\f':
                return "\\f";
            case '\r':
                return "\\r";
            case 0x1b:
                return "\\e";
            case '"':
                return "\\\"";
            case '\\':
                return "\\\\";
            case 0x85:
                return "\\N";
            case 0x2028:
                return "\\L";
            case 0x2029:
                return "\\P";
            default:
                if (rune.IsBmp && IsPrintable((char)rune.Value))
                    return rune.ToString();

                return rune.Value switch
                {
                    <= 0xff => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
                    <= 0xffff => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
                };
        }
    }
}
