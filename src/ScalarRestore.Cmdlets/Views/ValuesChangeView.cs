using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Views;

/// <summary>A change of values as lines for a terminal: where, from what, to what, and the diff. The format file calls it too.</summary>
public static class ValuesChangeView
{
    private const string Red = "\x1b[31m";
    private const string Green = "\x1b[32m";
    private const string Cyan = "\x1b[36m";
    private const string Plain = "\x1b[0m";
    private const int LeastWidth = 40;
    private const int UsualWidth = 80;

    /// <summary>The lines of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="width">The terminal's width in characters; longer lines are folded, each part behind the sign of its line.</param>
    public static string[] Lines(ValuesChange change, int width)
    {
        // A terminal that is written to its very last column begins a new line by itself.
        width = (width < LeastWidth ? UsualWidth : width) - 1;
        List<string> lines = [$"{change.Target} {change.Path}", $"  {Words(change.State)}"];
        foreach (EndpointEdit edit in change.Edits)
        {
            lines.AddRange(Place(edit));
            lines.AddRange(edit.Old == edit.New ? ["    the account key (not shown)"] : [.. Fold($"    old  {edit.Old}", width), .. Fold($"    new  {edit.New}", width)]);
        }

        if (change.Diff is not null)
        {
            lines.Add("");
            foreach (string line in change.Diff.TrimEnd('\n').Split('\n'))
                lines.AddRange(Fold(line, width).Select(Coloured));
        }

        lines.Add("");
        return [.. lines];
    }

    private static string Words(ValuesChangeState state) => state switch
    {
        ValuesChangeState.Unchanged => "nothing to change",
        ValuesChangeState.Planned => "would be changed",
        ValuesChangeState.Changed => "changed",
        _ => "will be changed by Start-ScalarWorkload",
    };

    private static IEnumerable<string> Place(EndpointEdit edit)
    {
        if (edit.Line > 0)
            yield return $"  line {edit.Line}, column {edit.Column}{(edit.Key.Length > 0 ? $", in {edit.Key}" : "")}";
        else
            yield return $"  key {edit.Key}";
        if (edit.Property is not null)
            yield return $"    {edit.Property}";
    }

    // A terminal would fold anywhere and lose the sign; so the sign is repeated, and what goes on is marked.
    private static IEnumerable<string> Fold(string line, int width)
    {
        const string mark = "    ~ ";
        bool isHead = line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("+++", StringComparison.Ordinal) || line.StartsWith("@@", StringComparison.Ordinal);
        if (line.Length <= width || isHead)
        {
            yield return line;
            yield break;
        }

        string sign = line[..1];
        yield return line[..width];
        int step = width - 1 - mark.Length;
        for (int at = width; at < line.Length; at += step)
            yield return sign + mark + line.Substring(at, Math.Min(step, line.Length - at));
    }

    private static string Coloured(string line) => line switch
    {
        ['-', ..] => $"{Red}{line}{Plain}",
        ['+', ..] => $"{Green}{line}{Plain}",
        ['@', ..] => $"{Cyan}{line}{Plain}",
        _ => line,
    };
}
