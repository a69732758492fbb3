using System.Globalization;
using System.Text;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Values.Diffs;

/// <summary>Writes changes of a text as a unified diff for people, with secrets masked.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;
    private const int Longest = 500;
    private const string Mask = "***";

    /// <summary>The diff; empty where there is no change.</summary>
    public static string Write(
        string name, string before, string after, IReadOnlyList<TextEdit> edits, IReadOnlyList<TextSpan> secretsBefore, IReadOnlyList<TextSpan> secretsAfter)
    {
        if (edits.Count == 0)
            return "";

        var (old, now) = (new Lines(before), new Lines(after));
        var changes = Changes(edits, old, now);
        var diff = new StringBuilder().Append(CultureInfo.InvariantCulture, $"--- a/{name}\n+++ b/{name}\n");
        for (var i = 0; i < changes.Count;)
        {
            var last = i;
            while (last + 1 < changes.Count && changes[last + 1].Old - changes[last].OldEnd <= 2 * Context)
                last++;

            Hunk(diff, changes[i..(last + 1)], old, now, secretsBefore, secretsAfter);
            i = last + 1;
        }

        return diff.ToString();
    }

    /// <summary>The lines that each change touches, before and after; those that touch the same or the next line are one.</summary>
    private static List<Change> Changes(IReadOnlyList<TextEdit> edits, Lines old, Lines now)
    {
        var changes = new List<Change>();
        var grown = 0;
        foreach (var edit in edits)
        {
            var change = new Change(
                old.Of(edit.Start),
                old.Of(edit.Start + Math.Max(0, edit.Length - 1)) + 1,
                now.Of(edit.Start + grown),
                now.Of(edit.Start + grown + Math.Max(0, edit.Replacement.Length - 1)) + 1);
            grown += edit.Replacement.Length - edit.Length;
            if (changes is [.., var last] && change.Old <= last.OldEnd)
                changes[^1] = last with { OldEnd = Math.Max(last.OldEnd, change.OldEnd), NowEnd = Math.Max(last.NowEnd, change.NowEnd) };
            else
                changes.Add(change);
        }

        return changes;
    }

    private static void Hunk(
        StringBuilder diff, List<Change> changes, Lines old, Lines now, IReadOnlyList<TextSpan> secretsBefore, IReadOnlyList<TextSpan> secretsAfter)
    {
        var from = Math.Max(0, changes[0].Old - Context);
        var to = Math.Min(old.Count, changes[^1].OldEnd + Context);
        var nowFrom = changes[0].Now - (changes[0].Old - from);
        var nowTo = changes[^1].NowEnd + (to - changes[^1].OldEnd);
        diff.Append(CultureInfo.InvariantCulture, $"@@ -{from + 1},{to - from} +{nowFrom + 1},{nowTo - nowFrom} @@\n");
        var at = from;
        foreach (var change in changes)
        {
            Add(diff, ' ', Shown(old, at, change.Old, secretsBefore), null);
            var removed = Shown(old, change.Old, change.OldEnd, secretsBefore);
            var added = Shown(now, change.Now, change.NowEnd, secretsAfter);
            Add(diff, '-', removed, added);
            Add(diff, '+', added, removed);
            at = change.OldEnd;
        }

        Add(diff, ' ', Shown(old, at, to, secretsBefore), null);
    }

    private static void Add(StringBuilder diff, char sign, List<(string Text, bool IsOpen)> lines, List<(string Text, bool IsOpen)>? others)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var focus = others?.Count == lines.Count ? lines[i].Text.AsSpan().CommonPrefixLength(others[i].Text) : 0;
            diff.Append(sign).Append(Cut(lines[i].Text, focus)).Append('\n');
            if (lines[i].IsOpen)
                diff.Append("\\ No newline at end of file\n");
        }
    }

    /// <summary>A line that no terminal could show is cut to what is around its change.</summary>
    private static string Cut(string line, int focus)
    {
        if (line.Length <= Longest)
            return line;

        var start = Math.Clamp(focus - (Longest / 3), 0, line.Length - Longest);
        var cut = line.Substring(start, Longest);
        return $"{(start > 0 ? "..." : "")}{cut}{(start + Longest < line.Length ? "..." : "")}";
    }

    private static List<(string Text, bool IsOpen)> Shown(Lines lines, int from, int to, IReadOnlyList<TextSpan> secrets) =>
    [
        .. Enumerable.Range(from, to - from).Select(line => (Shown(lines.Text, lines.Span(line), secrets), line == lines.Count - 1 && !lines.EndsWithBreak)),
    ];

    // What is between two secrets is looked through by itself: a mask must not be taken for the begin of what follows it.
    private static string Shown(string text, TextSpan line, IReadOnlyList<TextSpan> secrets)
    {
        var shown = new StringBuilder(line.Length);
        var at = line.Start;
        foreach (var secret in secrets.Where(secret => secret.Start < line.End && secret.End > line.Start).OrderBy(secret => secret.Start))
        {
            shown.Append(Open(text, at, Math.Max(at, secret.Start))).Append(Mask);
            at = Math.Max(at, Math.Min(line.End, secret.End));
        }

        return shown.Append(Open(text, at, line.End)).ToString();
    }

    private static string Open(string text, int start, int end)
    {
        var open = text[start..end].ToCharArray();
        for (var i = 0; i < open.Length; i++)
        {
            if (IsObeyed(open[i]))
                open[i] = '?';
        }

        return Redactor.Redact(ContactPoints.WithoutCredentials(new string(open)));
    }

    /// <summary>Control characters, and those that turn the direction or end the line: they could make a diff look like another one.</summary>
    private static bool IsObeyed(char c) =>
        (char.IsControl(c) && c != '\t') || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private readonly record struct Change(int Old, int OldEnd, int Now, int NowEnd);

    /// <summary>Where the lines of a text are.</summary>
    private sealed class Lines
    {
        private readonly List<int> _starts = [0];

        public Lines(string text)
        {
            Text = text;
            for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
                _starts.Add(at + 1);

            EndsWithBreak = text.EndsWith('\n');
            if (EndsWithBreak)
                _starts.RemoveAt(_starts.Count - 1);
        }

        public string Text { get; }

        public bool EndsWithBreak { get; }

        public int Count => _starts.Count;

        /// <summary>The line of a character, from 0.</summary>
        public int Of(int index)
        {
            var found = _starts.BinarySearch(index);
            return found >= 0 ? found : ~found - 1;
        }

        /// <summary>A line without its end.</summary>
        public TextSpan Span(int line)
        {
            var end = line + 1 < _starts.Count ? _starts[line + 1] - 1 : EndsWithBreak ? Text.Length - 1 : Text.Length;
            if (end > _starts[line] && Text[end - 1] == '\r')
                end--;

            return new TextSpan(_starts[line], end - _starts[line]);
        }
    }
}
