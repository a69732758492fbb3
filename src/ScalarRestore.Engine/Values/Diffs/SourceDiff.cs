using ScalarRestore.Engine.Values.Plans;

namespace ScalarRestore.Engine.Values.Diffs;

/// <summary>The diff of a planned change, with everything in it that is secret masked.</summary>
internal static class SourceDiff
{
    // A hunk shows three lines around a change; a few more are searched for secrets that reach into it.
    private const int Around = 5;

    /// <summary>The diff; null where nothing changes.</summary>
    public static string? Of(SourcePlan plan, string name)
    {
        if (plan.Edits.Count == 0)
            return null;

        var before = plan.Document;
        var from = Back(before.Source.Text, plan.Edits[0].Start);
        var to = Forth(before.Source.Text, plan.Edits[^1].Start + plan.Edits[^1].Length);
        var secrets = SecretSpans.Find(before, new TextSpan(from, to - from));
        var after = secrets.Select(secret => Moved(secret, plan.Edits))
            .Concat(plan.Edits.Where(edit => edit.IsSecret).Select(edit => new TextSpan(edit.Start + GrownBefore(edit.Start, plan.Edits), edit.Replacement.Length)));
        return UnifiedDiff.Write(name, before.Source.Text, plan.AfterText, plan.Edits, secrets, SecretSpans.Merged(after));
    }

    // What is secret stays it: only its place moves with what is replaced before it, and its length with what is replaced in it.
    private static TextSpan Moved(TextSpan span, IReadOnlyList<TextEdit> edits)
    {
        var within = edits.Where(edit => edit.Start >= span.Start && edit.Start + edit.Length <= span.End).Sum(edit => edit.Replacement.Length - edit.Length);
        return new TextSpan(span.Start + GrownBefore(span.Start, edits), span.Length + within);
    }

    private static int GrownBefore(int at, IReadOnlyList<TextEdit> edits) =>
        edits.Where(edit => edit.Start < at && edit.Start + edit.Length <= at).Sum(edit => edit.Replacement.Length - edit.Length);

    private static int Back(string text, int at)
    {
        for (var lines = 0; at > 0; at--)
        {
            if (text[at - 1] == '\n' && ++lines > Around)
                return at;
        }

        return 0;
    }

    private static int Forth(string text, int at)
    {
        for (var lines = 0; at < text.Length; at++)
        {
            if (text[at] == '\n' && ++lines > Around)
                return at;
        }

        return text.Length;
    }
}
