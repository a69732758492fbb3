namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A modification that was taken on and not done yet.</summary>
/// <param name="Name">As PendingModifiedValues calls it, or the parameter where it does not show there.</param>
/// <param name="Value">What shows in PendingModifiedValues; null where it does not show.</param>
/// <param name="Status">The status that the database passes through for it.</param>
/// <param name="Apply">Does it; told when.</param>
internal sealed record PendingChange(string Name, string? Value, string Status, Action<DateTimeOffset> Apply)
{
    /// <summary>Whether it was asked to be done now rather than in the maintenance window.</summary>
    public bool IsImmediate { get; init; }
}
