using System.Globalization;
using System.Text;

namespace ScalarRestore.Engine.Tests.Values.Plans;

/// <summary>Writes a text as a YAML scalar in any of the styles that a person may have used.</summary>
internal static class YamlWriter
{
    /// <summary>The scalar, from behind the colon on, its line end included.</summary>
    /// <param name="text">The text, with LF.</param>
    /// <param name="style">A number that chooses among the styles that can hold the text.</param>
    /// <param name="indent">How far the key is indented.</param>
    /// <param name="random">Chooses details.</param>
    public static string Scalar(string text, int style, int indent, Random random)
    {
        var body = indent + 1 + random.Next(4);
        return (style % 6) switch
        {
            0 or 1 when text.Length > 0 => Block('|', text, indent, body, random, line => line),
            2 when CanFold(text) => Folded(text, indent, body, random),
            3 when CanQuoteOverLines(text) => $" '{OverLines(text.Replace("'", "''", StringComparison.Ordinal), body)}'{Tail(random)}\n",
            4 when IsPlain(text) => $" {text}{Tail(random)}\n",
            _ => $" \"{DoubleQuoted(text, body, random)}\"{Tail(random)}\n",
        };
    }

    private static string Tail(Random random) => random.Next(4) switch { 0 => "  # a comment: with 'quotes' and jdbc:mysql://old:1/", 1 => "\t", 2 => "\t# tab", _ => "" };

    private static string Block(char sign, string text, int indent, int body, Random random, Func<string, string> each)
    {
        var trimmed = text.TrimEnd('\n');
        var breaks = text.Length - trimmed.Length;
        if (trimmed.Length == 0)
            return $" \"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"\n";

        // Lines of blanks at the end would be taken for the end of the text.
        var indicator = text[0] is ' ' or '\n' || random.Next(4) == 0 ? (body - indent).ToString(CultureInfo.InvariantCulture) : "";
        var chomp = breaks switch { 0 => "-", 1 => "", _ => "+" };
        var pad = new string(' ', body);
        var lines = trimmed.Split('\n').Select(line => line.Length == 0 ? "" : pad + each(line));
        var header = random.Next(2) == 0 ? $"{sign}{indicator}{chomp}" : $"{sign}{chomp}{indicator}";
        return $" {header}{(random.Next(3) == 0 ? " # block" : "")}\n{string.Join('\n', lines)}\n{new string('\n', Math.Max(0, breaks - 1))}";
    }

    private static string Folded(string text, int indent, int body, Random random)
    {
        var trimmed = text.TrimEnd('\n');
        var lines = trimmed.Split('\n');
        var folded = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            folded.Append(lines[i]);
            if (i + 1 == lines.Length)
                break;

            folded.Append('\n');
            var next = Array.FindIndex(lines, i + 1, line => line.Length > 0);

            // One break more where two lines of text meet, since one of them becomes a blank.
            if (lines[i].Length > 0 && next > 0 && lines[i][0] is not (' ' or '\t') && lines[next][0] is not (' ' or '\t'))
                folded.Append('\n');
        }

        return Block('>', folded.ToString() + text[trimmed.Length..], indent, body, random, line => line);
    }

    private static bool CanFold(string text) => text.TrimEnd('\n').Length > 0 && text[0] is not ('\n' or ' ' or '\t') && !text.Split('\n').Any(line => line.Length > 0 && line.Trim(' ', '\t').Length == 0);

    private static bool CanQuoteOverLines(string text) => text.Split('\n').All(line => line.Trim(' ', '\t') == line) && !text.StartsWith('\n') && !text.EndsWith('\n');

    private static string OverLines(string text, int body) => text.Replace("\n", "\n\n" + new string(' ', body), StringComparison.Ordinal);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && !text.Contains('\n', StringComparison.Ordinal)
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && !text.Contains('\t', StringComparison.Ordinal)
        && text[^1] is not (':' or ' ')
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n");

    private static string DoubleQuoted(string text, int body, Random random)
    {
        var written = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            _ = c switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append(@"\\"),
                '\n' => written.Append(@"\n"),
                '\t' => written.Append(@"\t"),
                '/' when random.Next(4) == 0 => written.Append(@"\/"),
                >= 'a' and <= 'z' when random.Next(40) == 0 => written.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                >= 'a' and <= 'z' when random.Next(40) == 0 => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                >= 'a' and <= 'z' when random.Next(60) == 0 && i + 1 < text.Length && text[i + 1] is not (' ' or '\t') => written.Append(c).Append('\\').Append('\n').Append(' ', body),
                _ => written.Append(c),
            };
        }

        return written.ToString();
    }
}
