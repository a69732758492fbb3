using System.Globalization;
using System.Text;

namespace ScalarRestore.Engine.Values;

/// <summary>Reads properties texts by the rules of <c>java.util.Properties</c>, since that is who reads them in the pods.</summary>
internal static class PropertiesReader
{
    /// <summary>The entries in the order of the text; a key may come again, and then its last value counts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">What the keys that are wanted begin with; all are by default.</param>
    /// <exception cref="PropertiesFault">A malformed <c>\u</c> escape, on which Java gives up as well.</exception>
    public static IReadOnlyList<PropertyEntry> Read(string text, string prefix = "")
    {
        var entries = new List<PropertyEntry>();
        var line = new StringBuilder();
        var position = 0;
        var number = 1;
        while (position < text.Length)
        {
            if (ReadPlainLine(text, prefix, ref position, ref number, entries))
                continue;

            if (!ReadLogicalLine(text, ref position, ref number, line, places: null, out var first, out var start))
                break;

            var logical = line.ToString();
            if (BadEscape(logical) is { } bad)
                throw new PropertiesFault("there is a '\\u' that four hexadecimal digits do not follow", PlaceOf(text, start, first, bad));

            var (keyEnd, valueStart) = Split(logical);
            var key = Unescape(logical[..keyEnd]);
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                entries.Add(new PropertyEntry(key, Unescape(logical[valueStart..]), first, start, position));
        }

        return entries;
    }

    /// <summary>The same for a text that is known by a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="RestoreException"><c>PropertiesInvalid</c>: a malformed <c>\u</c> escape.</exception>
    public static IReadOnlyList<PropertyEntry> ReadNamed(string text, string source)
    {
        try
        {
            return Read(text);
        }
        catch (PropertiesFault e)
        {
            var (line, column) = new TextPlaces(text).Of(e.Index);
            throw new RestoreException(
                "PropertiesInvalid",
                FaultCategory.ParserError,
                $"The properties of {source}, line {line}, column {column}: {e.Message}; Java refuses them too.",
                source,
                PropertiesFault.Mend,
                e);
        }
    }

    /// <summary>The value of each key: the last one wins.</summary>
    public static IReadOnlyDictionary<string, string> ReadMap(string text, string source)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in ReadNamed(text, source))
        {
            map[entry.Key] = entry.Value;
        }

        return map;
    }

    /// <summary>The value of an entry, and where in the text each of its characters is written.</summary>
    /// <param name="text">The text that the entry was read from.</param>
    /// <param name="entry">The entry.</param>
    public static MappedText Locate(string text, PropertyEntry entry)
    {
        var line = new StringBuilder();
        var places = new List<int>();
        var position = entry.Start;
        var number = entry.Line;
        _ = ReadLogicalLine(text, ref position, ref number, line, places, out _, out _);
        var logical = line.ToString();
        var (_, valueStart) = Split(logical);
        var builder = new MappedText.Builder();
        for (var i = valueStart; i < logical.Length; i++)
        {
            if (logical[i] != '\\' || i + 1 == logical.Length)
            {
                builder.Copy(text, places[i], 1);
                continue;
            }

            var length = logical[i + 1] == 'u' ? 6 : 2;
            var last = i + length - 1;
            builder.Put(Unescape(logical.Substring(i, length)), places[i], places[last] + 1 - places[i]);
            i = last;
        }

        return builder.Build(places[^1] + 1);
    }

    /// <summary>A text as it has to be written inside a value.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append(@"\\"),
                '\t' => escaped.Append(@"\t"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\f' => escaped.Append(@"\f"),
                < ' ' or > '~' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>
    /// Reads a line without any backslash, which needs no joining and no unescaping: nearly all of them. Gives false, and reads nothing, for others.
    /// </summary>
    private static bool ReadPlainLine(string text, string prefix, ref int position, ref int number, List<PropertyEntry> entries)
    {
        var rest = text.AsSpan(position);
        var length = rest.IndexOfAny('\r', '\n');
        var line = length < 0 ? rest : rest[..length];
        var content = line.TrimStart(" \t\f");
        var isComment = content.Length > 0 && content[0] is '#' or '!';
        if (!isComment && content.Contains('\\'))
            return false;

        var (start, first) = (position + line.Length - content.Length, number);
        position += line.Length;
        if (length >= 0)
        {
            var end = text[position++];
            CountLine(text, ref position, ref number, end);
        }

        if (content.Length > 0 && !isComment && content.StartsWith(prefix, StringComparison.Ordinal))
        {
            var (keyEnd, valueStart) = Split(content);
            if (keyEnd >= prefix.Length)
                entries.Add(new PropertyEntry(content[..keyEnd].ToString(), content[valueStart..].ToString(), first, start, position));
        }

        return true;
    }

    /// <summary>Joins continued lines, drops comments and blank lines. Follows the JDK's reader character by character.</summary>
    private static bool ReadLogicalLine(
        string text, ref int position, ref int number, StringBuilder line, List<int>? places, out int first, out int start)
    {
        line.Clear();
        first = number;
        start = position;
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
                start = position - 1;
            }

            if (c is not ('\r' or '\n'))
            {
                line.Append(c);
                places?.Add(position - 1);
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
            places?.RemoveAt(places.Count - 1);
            skipBlanks = true;
            continued = true;
            backslash = false;
        }

        if (backslash)
        {
            line.Length--;
            places?.RemoveAt(places.Count - 1);
        }

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

    /// <summary>The end of the key and the begin of the value.</summary>
    private static (int KeyEnd, int ValueStart) Split(ReadOnlySpan<char> line)
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

        return (keyEnd, valueStart);
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\f';

    private static string Unescape(string raw)
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
                    text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
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

    private static int? BadEscape(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
                continue;

            i++;
            if (i < line.Length && line[i] == 'u' && !IsHex(line, i + 1))
                return i - 1;
        }

        return null;
    }

    private static bool IsHex(string line, int start)
    {
        for (var i = start; i < start + 4; i++)
        {
            if (i >= line.Length || !char.IsAsciiHexDigit(line[i]))
                return false;
        }

        return true;
    }

    private static int PlaceOf(string text, int position, int number, int index)
    {
        var places = new List<int>();
        _ = ReadLogicalLine(text, ref position, ref number, new StringBuilder(), places, out _, out _);
        return places[index];
    }
}
