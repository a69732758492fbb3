namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>What is done to values, in words.</summary>
internal static class ValuesWords
{
    /// <summary>The action of a change.</summary>
    public static string Action(ValuesChange change)
    {
        var moves = change.Edits.Select(edit => (edit.Old, edit.New)).Distinct().Where(edit => edit.Old != edit.New).Select(edit => $"{edit.Old} to {edit.New}").ToList();
        var hasKey = change.Edits.Any(edit => edit.Old == edit.New);
        var what = change.Target == ValuesTarget.Secret ? string.Join(", ", change.Edits.Select(edit => edit.Key).Distinct(StringComparer.Ordinal)) : "the endpoint";
        return moves.Count == 0 && hasKey
            ? $"Change the account key{(change.Target == ValuesTarget.Secret ? $" in {what}" : "")}"
            : $"Change {what} from {string.Join(", ", moves)}{(hasKey ? " and the account key" : "")}";
    }
}
