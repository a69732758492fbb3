namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>What is done to values, in words.</summary>
internal static class ValuesWords
{
    /// <summary>The action of a change.</summary>
    public static string Action(ValuesChange change)
    {
        var moves = change.Edits.Select(edit => (edit.Old, edit.New)).Distinct().Where(edit => edit.Old != edit.New).Select(edit => $"{edit.Old} to {edit.New}");
        var keys = change.Edits.Any(edit => edit.Old == edit.New) ? " and the account key" : "";
        return change.Target == ValuesTarget.Secret
            ? $"Change {string.Join(", ", change.Edits.Select(edit => edit.Key).Distinct(StringComparer.Ordinal))} from {string.Join(", ", moves)}{keys}"
            : $"Change the endpoint from {string.Join(", ", moves)}{keys}";
    }
}
