namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>What a restored database was made from. AWS does not tell; tests want to know.</summary>
/// <param name="Source">The identifier of the source at the time.</param>
/// <param name="AsOf">The instant that was restored.</param>
internal sealed record RestoreOrigin(string Source, DateTimeOffset AsOf);
