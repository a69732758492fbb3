namespace ScalarRestore.Engine.Yaml;

/// <summary>Compares two readings of a document, before and after a change.</summary>
internal static class YamlComparison
{
    /// <summary>The first node that is not read as it should be; null if all are.</summary>
    /// <param name="before">The document before.</param>
    /// <param name="after">The document after.</param>
    /// <param name="expected">The scalars of the first that shall be different, and what they shall say.</param>
    public static YamlItem? Difference(YamlItem? before, YamlItem? after, IReadOnlyDictionary<YamlItem, string> expected)
    {
        var open = new Stack<(YamlItem? Before, YamlItem? After)>();
        open.Push((before, after));
        while (open.TryPop(out var pair))
        {
            var (one, other) = pair;
            if (one is null && other is null)
                continue;

            if (one is null || other is null || one.Alias is null != other.Alias is null || one.Tag != other.Tag)
                return one ?? other;

            // What an alias leads to is compared where it stands.
            if (one.Alias is not null)
                continue;

            var text = expected.TryGetValue(one, out var changed) ? changed : one.Text;
            if (text != other.Text || one.Map?.Count != other.Map?.Count || one.List?.Count != other.List?.Count)
                return one;

            foreach (var (key, child) in one.Map ?? new Dictionary<string, YamlItem>(StringComparer.Ordinal))
            {
                if (other[key] is not { } found)
                    return child;

                open.Push((child, found));
            }

            for (var i = 0; i < (one.List?.Count ?? 0); i++)
                open.Push((one.List![i], other.List![i]));
        }

        return null;
    }
}
