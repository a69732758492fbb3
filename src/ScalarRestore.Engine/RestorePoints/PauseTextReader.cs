using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.RestorePoints;

/// <summary>
/// Finds pause windows in what the backup tools print: the JSON of scalar-admin-for-kubernetes, of which only the epoch milliseconds are
/// read (its date-times have no offset), and scalar-admin's two log lines. Pure.
/// </summary>
internal static partial class PauseTextReader
{
    /// <summary>All windows of a text, in its order.</summary>
    /// <exception cref="RestoreException">The text holds no whole window.</exception>
    public static IReadOnlyList<PauseWindow> Read(PauseText text)
    {
        var windows = new List<PauseWindow>();
        DateTimeOffset? pausedAt = null;
        var number = 0;
        foreach (var line in text.Content.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.StartsWith('{') && trimmed.Contains("pause_start", StringComparison.Ordinal))
            {
                windows.Add(ReadJson(trimmed, text.Source, number));
                continue;
            }

            if (PauseLine().Match(trimmed) is { Success: true } paused)
            {
                pausedAt = FromMilliseconds(paused.Groups["ms"].Value, text.Source, number);
            }
            else if (UnpauseLine().Match(trimmed) is { Success: true } unpaused)
            {
                var end = FromMilliseconds(unpaused.Groups["ms"].Value, text.Source, number);
                windows.Add(new PauseWindow(
                    pausedAt ?? throw Unreadable(text.Source, number, "An unpause has no pause before it.", "Give the log of the pause as well, in front of it."),
                    end,
                    text.Source));
                pausedAt = null;
            }
        }

        if (windows.Count == 0 && LooksLikeWholeJson(text.Content))
        {
            // Pretty-printed: one object over several lines.
            windows.Add(ReadJson(text.Content, text.Source, 1));
        }

        if (pausedAt is not null)
        {
            throw Unreadable(text.Source, number, "A pause has no unpause after it.", "Give the log of the unpause as well.");
        }

        return windows.Count > 0
            ? windows
            : throw Unreadable(
                text.Source,
                1,
                "No pause window was found.",
                "Give the JSON line of scalar-admin-for-kubernetes, or scalar-admin's lines 'Pause completed at ... (ms)' and 'Unpause started at ... (ms)'. A pause that failed prints neither: such a backup must not be used.");
    }

    private static PauseWindow ReadJson(string json, string source, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var release = root.TryGetProperty("helm_release_name", out var name) && name.ValueKind == JsonValueKind.String
                ? $"{source}, release {name.GetString()}"
                : source;
            return new PauseWindow(Milliseconds(root, "pause_start_timestamp_ms", source, line), Milliseconds(root, "pause_end_timestamp_ms", source, line), release);
        }
        catch (JsonException e)
        {
            throw Unreadable(source, line + (int)(e.LineNumber ?? 0), $"This is not JSON: {e.Message}", "Give the line that scalar-admin-for-kubernetes printed, whole and unchanged.");
        }
    }

    private static DateTimeOffset Milliseconds(JsonElement root, string property, string source, int line)
    {
        if (!root.TryGetProperty(property, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var milliseconds))
        {
            throw Unreadable(
                source,
                line,
                $"'{property}' is missing or not a number.",
                "The epoch milliseconds are needed: the date-times beside them carry no offset and are ambiguous.");
        }

        return FromMilliseconds(milliseconds.ToString(CultureInfo.InvariantCulture), source, line);
    }

    private static DateTimeOffset FromMilliseconds(string text, string source, int line)
    {
        // 2001 to 2286: seconds or nanoseconds given by mistake fall outside.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1_000_000_000_000 or > 9_999_999_999_999)
        {
            throw Unreadable(source, line, $"'{text}' is not an instant in epoch milliseconds.", "Epoch milliseconds have 13 digits.");
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(value);
    }

    private static bool LooksLikeWholeJson(string text) =>
        text.TrimStart().StartsWith('{') && text.Contains("\"pause_start", StringComparison.Ordinal);

    private static RestoreException Unreadable(string source, int line, string what, string mend) =>
        new("PauseTextUnreadable", FaultCategory.ParserError, $"{source}, line {line}: {what}", source, mend);

    // From version 2.2.1 on the lines are wrapped in log4j's date, level and class, so the expressions are not anchored.
    [GeneratedRegex(@"Pause completed at \S+ UTC \((?<ms>\d+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PauseLine();

    [GeneratedRegex(@"Unpause started at \S+ UTC \((?<ms>\d+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnpauseLine();
}
