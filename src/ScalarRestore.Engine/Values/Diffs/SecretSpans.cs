using System.Text.RegularExpressions;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values.Diffs;

/// <summary>
/// Finds what must not be shown of values, by what it is called: passwords, keys and tokens, also where they go over several lines. It errs on
/// the side of hiding.
/// </summary>
internal static partial class SecretSpans
{
    /// <summary>The secrets in a part of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="within">The part that is shown.</param>
    public static IReadOnlyList<TextSpan> Find(ValuesDocument document, TextSpan within)
    {
        var text = document.Source.Text;
        var spans = new List<TextSpan>();
        if (document.Source.IsProperties)
            AddProperties(text, MappedText.Of(text), within, spans);
        else if (document.Root is not null)
            AddNode(text, document.Root, null, within, spans);

        // Comments are no part of the document, and hold old passwords as often as not.
        var end = Math.Min(text.Length, within.End);
        foreach (Match match in Assignment().Matches(text[within.Start..end]).Concat(CommentedSecret().Matches(text[within.Start..end])))
        {
            if (IsSecret(match.Groups["key"].Value))
                spans.Add(new TextSpan(within.Start + match.Groups["value"].Index, match.Groups["value"].Length));
        }

        return Merged(spans);
    }

    /// <summary>Whether what is called so is not shown.</summary>
    public static bool IsSecret(string name) => Secret().IsMatch(name) && !Reference().IsMatch(name);

    private static void AddNode(string text, YamlItem item, string? name, TextSpan within, List<TextSpan> spans)
    {
        if (item.Alias is not null || item.End < within.Start || item.Start > within.End)
            return;

        if (item.Text is { Length: > 0 } scalar)
        {
            if (name is not null && IsSecret(name))
                spans.Add(new TextSpan(item.Start, item.End - item.Start));
            else if (scalar.Contains('\n', StringComparison.Ordinal) || scalar.Contains('=', StringComparison.Ordinal))
                AddText(text, item, within, spans);
        }

        // A list of variables names a value beside it.
        var called = item["name"]?.Text is { } variable && IsSecret(variable) ? variable : null;
        var inherited = item.Map is not null && name is not null && IsSecret(name) ? name : null;
        foreach (var (key, child) in item.Map ?? new Dictionary<string, YamlItem>(StringComparer.Ordinal))
            AddNode(text, child, called is not null && key == "value" ? called : inherited is not null && !IsSecret(key) ? inherited : key, within, spans);

        foreach (var child in item.List ?? [])
            AddNode(text, child, name, within, spans);
    }

    private static void AddText(string text, YamlItem item, TextSpan within, List<TextSpan> spans)
    {
        if (ScalarText.Locate(text, item) is { } located)
            AddProperties(located.Text, located, within, spans);
        else
            spans.Add(new TextSpan(item.Start, item.End - item.Start));
    }

    private static void AddProperties(string text, MappedText located, TextSpan within, List<TextSpan> spans)
    {
        // Only the lines that are shown, and those that they are continued from.
        var start = Math.Min(located.Index(within.Start), text.Length);
        while (start > 0 && (text[start - 1] is not ('\n' or '\r') || (start > 1 && text[start - 2] is '\\' or '\r')))
            start--;

        var end = Math.Min(located.Index(within.End), text.Length);
        while (end < text.Length && (text[end] != '\n' || text[end - 1] is '\\' or '\r'))
            end++;

        var properties = text[start..Math.Max(start, end)];
        TextSpan Source(TextSpan span) => located.Source(start + span.Start, span.Length);
        IReadOnlyList<PropertyEntry> entries;
        try
        {
            entries = PropertiesReader.Read(properties);
        }
        catch (PropertiesFault)
        {
            // Not properties: nothing in it can be told apart.
            spans.Add(Source(new TextSpan(0, properties.Length)));
            return;
        }

        foreach (var entry in entries.Where(entry => entry.Value.Length > 0))
        {
            if (IsSecret(entry.Key) || IsSplitLogin(entry.Value, properties, entry))
                spans.Add(Source(PropertiesReader.Locate(properties, entry).Source(0, entry.Value.Length)));
        }
    }

    // A login in a URL is hidden line by line; where the URL goes over several lines it would not be seen.
    private static bool IsSplitLogin(string value, string properties, PropertyEntry entry)
    {
        if (ContactPoints.WithoutCredentials(value) == value)
            return false;

        var span = PropertiesReader.Locate(properties, entry).Source(0, value.Length);
        return properties.AsSpan(span.Start, span.Length).Contains('\n');
    }

    /// <summary>Spans in order, those that touch each other as one.</summary>
    public static IReadOnlyList<TextSpan> Merged(IEnumerable<TextSpan> spans)
    {
        var merged = new List<TextSpan>();
        foreach (var span in spans.Where(span => span.Length > 0).OrderBy(span => span.Start))
        {
            if (merged is [.., var last] && span.Start <= last.End)
                merged[^1] = new TextSpan(last.Start, Math.Max(last.End, span.End) - last.Start);
            else
                merged.Add(span);
        }

        return merged;
    }

    [GeneratedRegex(
        """(^[ \t]*[#!]|[ \t]#).*?(?<key>[\w.-]*(passw|passphrase|pwd|secret|token|credential|private.?key|access.?key|account.?key|api.?key)[\w.-]*)["']?[ \t]*[:=][ \t]*(?<value>[^\s|>"'].*?)["']?[ \t\r]*$""",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex CommentedSecret();

    [GeneratedRegex(
        "passw|passphrase|pwd|secret|token|credential|private.?key|access.?key|account.?key|api.?key|license.?key|licensing|encryption.?key|connection.?string|signature|username",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    // The name of a Secret is none.
    [GeneratedRegex(
        "(secret.?name|existing.?secret|pull.?secrets|secret.?ref|secret.?key.?ref|(cert|private.?key)secret.?key|path|enabled)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(
        """^[ \t#!-]*["']?(?<key>[\w.-]+)["']?[ \t]*[:=][ \t]*(?<value>[^\s|>].*?)[ \t\r]*$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Assignment();
}
