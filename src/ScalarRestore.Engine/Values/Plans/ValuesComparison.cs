using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>Reads a changed text again and compares: nothing but the intended texts may differ, whatever the edit looked like.</summary>
internal static class ValuesComparison
{
    /// <summary>
    /// Up to here a document is read again as a whole. Of larger ones (no release record could hold them), the changed entries of the root are:
    /// where a key begins a line in the first column, a parser is in the same state whatever stood before, so that all others read as they did.
    /// </summary>
    private const int WholeUpTo = 1024 * 1024;

    /// <summary>Refuses a change that would change more, or less, than it should.</summary>
    /// <exception cref="RestoreException"><c>ValuesEditUnsafe</c>.</exception>
    public static void Require(SourcePlan plan, IReadOnlyList<EditableText> edited)
    {
        foreach (var text in edited.Where(text => text.IsProperties))
            RequireProperties(plan.Document, text);

        if (plan.Document.Source.IsProperties)
            return;

        var expected = new Dictionary<YamlItem, string>(ReferenceEqualityComparer.Instance);
        foreach (var text in edited)
            expected[text.Scalar!] = text.After;

        if (plan.Document.Source.Text.Length > WholeUpTo && HasEntries(plan, expected))
            return;

        ValuesDocument after;
        try
        {
            after = plan.After;
        }
        catch (RestoreException e)
        {
            throw Unsafe(plan.Document, e.Message, e);
        }

        if (YamlComparison.Difference(plan.Document.Root, after.Root, expected) is { } place)
            throw Unsafe(plan.Document, $"line {place.Line} would not be read as it should");

        if (plan.Document.NextLine is null != after.NextLine is null)
            throw Unsafe(plan.Document, "the document would end elsewhere");
    }

    /// <summary>Whether the changed entries of the root, read by themselves, are what they should be. False where that cannot be told.</summary>
    private static bool HasEntries(SourcePlan plan, Dictionary<YamlItem, string> expected)
    {
        var (text, keys) = (plan.Document.Source.Text, plan.Document.Keys);
        if (keys.Count == 0 || keys.Count != plan.Document.Root?.Map?.Count || plan.Edits[0].Start < keys[0])
            return false;

        foreach (var group in plan.Edits.GroupBy(edit => LastBefore(keys, edit.Start)))
        {
            var start = keys[group.Key];
            var end = group.Key + 1 < keys.Count ? keys[group.Key + 1] : text.Length;
            var entry = TextEdits.Apply(text, new TextSpan(start, end - start), group);
            YamlDocument read;
            try
            {
                read = YamlReader.ReadDocument(entry, YamlBudget.Values);
            }
            catch (YamlFault)
            {
                // An alias to what stands elsewhere, for example: the whole document tells.
                return false;
            }

            var (key, value) = plan.Document.Root.Map.ElementAt(group.Key);
            var isLast = group.Key + 1 == keys.Count;
            if (read.Root?.Map is not { Count: 1 } map || !map.TryGetValue(key, out var found) || YamlComparison.Difference(value, found, expected) is not null
                || (read.NextLine is null) != (!isLast || plan.Document.NextLine is null))
            {
                return false;
            }
        }

        return true;
    }

    private static int LastBefore(IReadOnlyList<int> starts, int index)
    {
        var (low, high) = (0, starts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = starts[middle] <= index ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    // The entries that are changed keep their keys, and end where they did; all others are read line by line as before.
    private static void RequireProperties(ValuesDocument document, EditableText text)
    {
        const string next = "next=1";
        var starts = text.Entries.Select(entry => entry.Start).ToList();
        foreach (var group in text.Edits.GroupBy(edit => LastBefore(starts, edit.Start)))
        {
            var entry = text.Entries[group.Key];
            var line = TextEdits.Apply(text.Text, new TextSpan(entry.Start, entry.End - entry.Start), group);
            var isLast = entry.End == text.Text.Length;
            var now = PropertiesReader.ReadNamed(isLast ? line : line + next, document.Source.Name);
            if (now.Count != (isLast ? 1 : 2) || now[0].Key != entry.Key)
                throw Unsafe(document, $"the properties of {text.Key} would not have the same keys");
        }
    }

    private static RestoreException Unsafe(ValuesDocument document, string why, Exception? inner = null) => new(
        "ValuesEditUnsafe",
        FaultCategory.InvalidData,
        $"{document.Source.Name} cannot be edited safely: {why}.",
        document.Source.Name,
        "Change the endpoint by hand, and report the form of this file. Nothing was changed.",
        inner);
}
