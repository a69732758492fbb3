namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>Which of the workloads' own tables a selection leaves out. Pure.</summary>
internal static class LeftOutTables
{
    /// <summary>One warning that lists them, the coordinator first; none if nothing but metadata is left out.</summary>
    /// <param name="selected">What is restored.</param>
    /// <param name="own">What the workloads store into, by region.</param>
    public static IReadOnlyList<string> Warnings(TableSet selected, IReadOnlyList<TableSet> own)
    {
        var left = own.SelectMany(set => set.Tables
                .Where(t => set.Region != selected.Region || !selected.Tables.Contains(t, StringComparer.Ordinal))
                .Select(t => (Name: t, set.Region, IsCoordinator: set.Coordinators.Contains(t), IsMetadata: set.Metadata.Contains(t))))
            .OrderBy(t => t.IsMetadata).ThenByDescending(t => t.IsCoordinator).ThenBy(t => t.Name, StringComparer.Ordinal)
            .ToList();
        var warnings = own.SelectMany(set => set.Faults).Select(Unknown).Distinct(StringComparer.Ordinal).ToList();

        // The metadata table only matters where the schema has changed since the restore point.
        if (!left.Exists(t => !t.IsMetadata))
            return warnings;
        var who = string.Join(", ", own.SelectMany(set => set.Workloads).Distinct(StringComparer.Ordinal));
        var names = string.Join(", ", left.Select(t => t.Region == selected.Region ? t.Name : $"{t.Name} ({t.Region})"));
        var which = left[0].IsCoordinator ? $"{names}; {left[0].Name} is ScalarDB's coordinator, without which no transaction can be told finished" : names;
        return [$"{left.Count} tables of {who} are not selected and stay as they are: {which}. The database would stand at two points in time.", .. warnings];
    }

    /// <summary>What to say if it cannot be found out.</summary>
    public static string Unknown(RestoreException fault) =>
        $"Whether the selection leaves out tables of the workloads could not be found out in full: {fault.Message} Make sure yourself that all of them are selected, the coordinator too.";
}
