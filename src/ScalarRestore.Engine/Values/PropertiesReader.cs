using System.Globalization;
using System.Text;

namespace ScalarRestore.Engine.Values;

/// <summary>Reads properties texts by the rules of <c>java.util.Properties</c>, since that is who reads them in the pods.</summary>
internal static class PropertiesReader
{
    /// <summary>All entries in the order of the text; a key may come again, and then its last value counts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="RestoreException"><c>PropertiesInvalid</c>: a malformed <c>\u</c> escape, on which Java gives up as well.</exception>
    public static IReadOnlyList<PropertyEntry> Read(string text, string source)
    {
        var entries = new List<PropertyEntry>();
        var line = new StringBuilder();
        var position = 0;
        var number = 1;
        while (ReadLogicalLine(text, ref position, ref number, line, out var first))
        {
            entries.Add(Split(line, first, source));
        }

        return entries;
    }

    /// <summary>The value of each key: the last one wins.</summary>
    public static IReadOnlyDictionary<string, string> ReadMap(string text, string source)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Read(text, source))
        {
            map[entry.Key] = entry.Value;
        }

        return map;
    }

    /// <summary>Joins continued lines, drops comments and blank lines. Follows the JDK's reader character by character.</summary>
    private static bool ReadLogicalLine(string text, ref int position, ref int number, StringBuilder line, out int first)
    {
        line.Clear();
        first = number;
        var skipBlanks = true;
        var continued = false;
        var backslash = false;
        while (position < text.Length)
        {
            var c = text[position++];
            if (skipBlanks)
            {
                if (c is ' ' or '\t' or '\f')
                    continue;

                if (!continued && c is ('\r' or '\n'))
                {
                    CountLine(text, ref position, ref number, c);
                    continue;
                }

                skipBlanks = false;
                continued = false;
            }

            if (line.Length == 0)
            {
                if (c is '#' or '!')
                {
                    SkipComment(text, ref position, ref number);
                    skipBlanks = true;
                    continue;
                }

                first = number;
            }

            if (c is not ('\r' or '\n'))
            {
                line.Append(c);
                backslash = c == '\\' && !backslash;
                continue;
            }

            CountLine(text, ref position, ref number, c);
            if (line.Length == 0)
            {
                skipBlanks = true;
                continue;
            }

            if (!backslash)
                return true;

            line.Length--;
            skipBlanks = true;
            continued = true;
            backslash = false;
        }

        if (backslash)
            line.Length--;

        return line.Length > 0;
    }

    private static void SkipComment(string text, ref int position, ref int number)
    {
        while (position < text.Length)
        {
            var c = text[position++];
            if (c is '\r' or '\n')
            {
                CountLine(text, ref position, ref number, c);
                return;
            }
        }
    }

    private static void CountLine(string text, ref int position, ref int number, char end)
    {
        if (end == '\r' && position < text.Length && text[position] == '\n')
            position++;

        number++;
    }

    private static PropertyEntry Split(StringBuilder line, int number, string source)
    {
        var keyEnd = 0;
        var backslash = false;
        var separated = false;
        var valueStart = line.Length;
        for (; keyEnd < line.Length; keyEnd++)
        {
            var c = line[keyEnd];
            if (!backslash && c is ('=' or ':'))
            {
                valueStart = keyEnd + 1;
                separated = true;
                break;
            }

            if (!backslash && IsBlank(c))
            {
                valueStart = keyEnd + 1;
                break;
            }

            backslash = c == '\\' && !backslash;
        }

        for (; valueStart < line.Length; valueStart++)
        {
            var c = line[valueStart];
            if (IsBlank(c))
                continue;

            if (separated || c is not ('=' or ':'))
                break;

            separated = true;
        }

        return new PropertyEntry(
            Unescape(line.ToString(0, keyEnd), number, source),
            valueStart >= line.Length ? "" : Unescape(line.ToString(valueStart, line.Length - valueStart), number, source),
            number);
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\f';

    private static string Unescape(string raw, int line, string source)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
            return raw;

        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            if (++i == raw.Length)
                break;

            switch (raw[i])
            {
                case 'u':
                    text.Append(Unicode(raw, i + 1, line, source));
                    i += 4;
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                default:
                    text.Append(raw[i]);
                    break;
            }
        }

        return text.ToString();
    }

    private static char Unicode(string raw, int start, int line, string source)
    {
        if (start + 4 <= raw.Length
            && ushort.TryParse(raw.AsSpan(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return (char)code;
        }

        throw new RestoreException(
            "PropertiesInvalid",
            FaultCategory.ParserError,
            $"The properties of {source} have a '\\u' that four hexadecimal digits do not follow (line {line}); Java refuses them too.",
            source,
            "Write \\uXXXX, or double the backslash.");
    }
}
