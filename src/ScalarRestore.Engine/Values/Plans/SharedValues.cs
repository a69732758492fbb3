namespace ScalarRestore.Engine.Values.Plans;

/// <summary>A text that aliases lead to from elsewhere may only be changed if every one of them means the same workload.</summary>
internal static class SharedValues
{
    /// <summary>Refuses a text whose other uses would change with it.</summary>
    /// <param name="text">The text that is changed.</param>
    /// <param name="keys">The keys that are meant to change, by chart.</param>
    /// <exception cref="RestoreException"><c>ValuesShared</c>.</exception>
    public static void Require(EditableText text, IReadOnlyList<(ValuesProfile Profile, string Key)> keys)
    {
        if (text.Scalar is null)
            return;

        var uses = text.Document.Uses(text.Scalar);
        var meant = keys.Where(pair => uses.Contains(pair.Key)).ToList();
        var products = meant.Select(pair => pair.Profile.Product).OfType<ScalarProduct>().Distinct().Count();
        var strange = uses.Where(use => !IsOwn(use) && !meant.Exists(pair => pair.Key == use)).Order(StringComparer.Ordinal).ToList();
        if (products <= 1 && strange.Count == 0)
            return;

        var others = strange.Count > 0 ? strange : [.. uses.Where(use => !IsOwn(use)).Order(StringComparer.Ordinal)];
        throw new RestoreException(
            "ValuesShared",
            FaultCategory.InvalidData,
            $"{text.Document.Source.Name}, line {text.Scalar.Line}, column {text.Scalar.Column}: this text is used for {string.Join(" and for ", others)}{(strange.Count > 0 ? $" as well as for {text.Key}" : "")}, so that a change of one would change the other.",
            text.Document.Source.Name,
            "Write the text out at each place instead of the alias, then run the command again. Nothing was changed.");
    }

    // What stands below a key that no chart knows is there only to be referred to.
    private static bool IsOwn(string use) => !ValuesProfiles.Roots.Contains(use.Split('.')[0]);
}
