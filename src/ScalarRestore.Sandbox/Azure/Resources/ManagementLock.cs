namespace ScalarRestore.Sandbox.Azure.Resources;

/// <summary>A lock on a subscription, a group or a resource, and on all below it.</summary>
/// <param name="Scope">The id of what is locked.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level">ReadOnly or CanNotDelete.</param>
/// <param name="Notes">Why.</param>
internal sealed record ManagementLock(string Scope, string Name, string Level, string? Notes);
