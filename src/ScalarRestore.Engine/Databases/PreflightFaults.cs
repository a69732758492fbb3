namespace ScalarRestore.Engine.Databases;

/// <summary>Tells all that stands against a restore at once.</summary>
internal static class PreflightFaults
{
    /// <summary>The id of what holds all faults.</summary>
    public const string Id = "RestorePreflightFailed";

    /// <summary>All faults as one.</summary>
    public static RestoreException All(IReadOnlyList<RestoreException> faults) => new(
        Id,
        faults[0].Category,
        $"{faults.Count} {(faults.Count == 1 ? "thing stands" : "things stand")} against the restore:{string.Concat(faults.Select(f => $"{Environment.NewLine}- [{f.Id}] {f.Message}"))}",
        faults[0].Target,
        "Nothing was changed. Mend what is listed, then run the same command again.")
    {
        Faults = faults,
    };
}
