using System.Globalization;
using ScalarRestore.Engine.Values;
using YamlDotNet.Core;

namespace ScalarRestore.Engine.Yaml;

/// <summary>
/// Tells where in a document each character of a scalar is written. The parser only tells what the scalar says; this follows its rules a
/// second time, with places, and gives nothing where the two do not agree to the letter.
/// </summary>
internal static class ScalarText
{
    /// <summary>The scalar's text with the places of its characters; null where these cannot be told for certain.</summary>
    public static MappedText? Locate(string document, YamlItem scalar)
    {
        if (scalar.Target.Text is not { } text || scalar.Target.Tag is not (null or "!" or "tag:yaml.org,2002:str"))
            return null;

        var end = scalar.Target.End;
        var start = AfterProperties(document, scalar.Target.Start, end);
        return scalar.Target.Style switch
        {
            ScalarStyle.Literal or ScalarStyle.Folded => Block(document, start, end, text, scalar.Target.Style == ScalarStyle.Literal),
            ScalarStyle.SingleQuoted => Flow(document, start + 1, end - 1, text, SingleQuoted),
            ScalarStyle.DoubleQuoted => Flow(document, start + 1, end - 1, text, DoubleQuoted),
            ScalarStyle.Plain => Flow(document, start, end, text, Plain),
            _ => null,
        };
    }

    /// <summary>A replacement as it has to be written inside a scalar of this style.</summary>
    public static string Encode(string replacement, ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted => replacement.Replace("'", "''", StringComparison.Ordinal),
        ScalarStyle.DoubleQuoted => replacement.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
        _ => replacement,
    };

    private delegate int Reader(string document, int at, int end, MappedText.Builder builder);

    /// <summary>Scalars that may go over several lines: a line break is a blank, several are one less, and blanks around them do not count.</summary>
    private static MappedText? Flow(string document, int start, int end, string text, Reader read)
    {
        if (start > end)
            return null;

        var builder = new MappedText.Builder(text);
        var at = start;
        while (at < end)
        {
            var blanks = at;
            while (blanks < end && IsBlank(document[blanks]))
                blanks++;

            if (blanks < end && IsBreak(document[blanks]))
            {
                at = Fold(document, at, blanks, end, builder);
                continue;
            }

            builder.Copy(document, at, blanks - at);
            at = blanks < end ? read(document, blanks, end, builder) : end;
        }

        return builder.TryBuild(end);
    }

    private static int Fold(string document, int start, int at, int end, MappedText.Builder builder)
    {
        var breaks = 0;
        while (at < end && (IsBlank(document[at]) || IsBreak(document[at])))
        {
            if (IsBreak(document[at]))
            {
                breaks++;
                at = AfterBreak(document, at, end);
            }
            else
            {
                at++;
            }
        }

        builder.Put(breaks == 1 ? " " : new string('\n', breaks - 1), start, at - start);
        return at;
    }

    private static int Plain(string document, int at, int end, MappedText.Builder builder)
    {
        builder.Copy(document, at, 1);
        return at + 1;
    }

    private static int SingleQuoted(string document, int at, int end, MappedText.Builder builder)
    {
        if (document[at] != '\'')
            return Plain(document, at, end, builder);

        builder.Put("'", at, 2);
        return at + 2;
    }

    private static int DoubleQuoted(string document, int at, int end, MappedText.Builder builder)
    {
        if (document[at] != '\\')
            return Plain(document, at, end, builder);

        if (at + 1 >= end)
            return end;

        var c = document[at + 1];
        if (IsBreak(c))
        {
            // The line break goes, with the blanks of the next line; empty lines after it count.
            var next = AfterBreak(document, at + 1, end);
            var content = next;
            var breaks = 0;
            while (content < end && (IsBlank(document[content]) || IsBreak(document[content])))
            {
                if (IsBreak(document[content]))
                {
                    breaks++;
                    content = AfterBreak(document, content, end);
                }
                else
                {
                    content++;
                }
            }

            builder.Put(new string('\n', breaks), at, content - at);
            return content;
        }

        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            builder.Put(Escaped(c), at, 2);
            return at + 2;
        }

        if (at + 2 + digits > end || !int.TryParse(document.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return end;

        builder.Put(code is < 0xd800 or (> 0xdfff and <= 0x10ffff) ? char.ConvertFromUtf32(code) : ((char)code).ToString(), at, 2 + digits);
        return at + 2 + digits;
    }

    private static string Escaped(char c) => c switch
    {
        '0' => "\0",
        'a' => "\a",
        'b' => "\b",
        't' or '\t' => "\t",
        'n' => "\n",
        'v' => "\v",
        'f' => "\f",
        'r' => "\r",
        'e' => "\x1b",
        'N' => "\x85",
        '_' => "\xa0",
        'L' => "\u2028",
        'P' => "\u2029",
        _ => c.ToString(),
    };

    /// <summary>
    /// Block scalars. How deep their lines are indented follows from the first line that has text, written and read; what comes after the
    /// last line that counts (by the chomping indicator) is cut off at the length that the parser found.
    /// </summary>
    private static MappedText? Block(string document, int start, int end, string text, bool literal)
    {
        var at = start;
        while (at < end && !IsBreak(document[at]))
            at++;

        if (at < end)
            at = AfterBreak(document, at, end);

        if (Indent(document, at, end, text) is not { } indent)
            return text.Length == 0 ? new MappedText.Builder(text).TryBuild(end) : null;

        var builder = new MappedText.Builder(text);
        var pending = new List<TextSpan>();
        var leadingBlank = false;
        var first = true;
        while (at < end)
        {
            var content = at;
            while (content < end && content - at < indent && document[content] == ' ')
                content++;

            var lineEnd = content;
            while (lineEnd < end && !IsBreak(document[lineEnd]))
                lineEnd++;

            if (lineEnd > content)
            {
                var trailingBlank = IsBlank(document[content]);
                Join(document, builder, pending, first || literal || leadingBlank || trailingBlank);
                builder.Copy(document, content, lineEnd - content);
                leadingBlank = trailingBlank;
                first = false;
            }

            if (lineEnd >= end)
                break;

            var next = AfterBreak(document, lineEnd, end);
            pending.Add(new TextSpan(lineEnd, next - lineEnd));
            at = next;
        }

        Join(document, builder, pending, keep: true);
        if (builder.Length > text.Length)
            builder.Truncate(text.Length);

        return builder.TryBuild(end);
    }

    /// <summary>The line breaks between two lines with text: as they are, or (folded) one blank for one break, and one less for several.</summary>
    private static void Join(string document, MappedText.Builder builder, List<TextSpan> breaks, bool keep)
    {
        for (var i = 0; i < breaks.Count; i++)
        {
            if ((i > 0 || keep) && document[breaks[i].Start] == '\n')
                builder.Copy(document, breaks[i].Start, 1);
            else if (i > 0 || keep)
                builder.Put("\n", breaks[i].Start, breaks[i].Length);
            else if (breaks.Count == 1)
                builder.Put(" ", breaks[i].Start, breaks[i].Length);
        }

        breaks.Clear();
    }

    private static int? Indent(string document, int at, int end, string text)
    {
        var first = text.AsSpan().TrimStart('\n');
        if (first.Length == 0)
            return null;

        var read = first.Length - first.TrimStart(' ').Length;
        while (at < end)
        {
            var content = at;
            while (content < end && document[content] == ' ')
                content++;

            if (content < end && !IsBreak(document[content]))
                return content - at - read >= 0 ? content - at - read : null;

            // A line of blanks alone is text if it is longer than the indentation: then the parser has it, and this is not certain.
            if (content >= end)
                return null;

            at = AfterBreak(document, content, end);
        }

        return null;
    }

    /// <summary>An anchor and a tag stand before the scalar itself.</summary>
    private static int AfterProperties(string document, int at, int end)
    {
        while (at < end && document[at] is '&' or '!')
        {
            while (at < end && !IsBlank(document[at]) && !IsBreak(document[at]))
                at++;

            while (at < end && (IsBlank(document[at]) || IsBreak(document[at])))
                at++;
        }

        return at;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static bool IsBreak(char c) => c is '\n' or '\r';

    private static int AfterBreak(string document, int at, int end) =>
        document[at] == '\r' && at + 1 < end && document[at + 1] == '\n' ? at + 2 : at + 1;
}
