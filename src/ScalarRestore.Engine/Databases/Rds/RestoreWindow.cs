namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>The times to which a database can be restored, UTC; null where there are none.</summary>
/// <param name="Earliest">The first.</param>
/// <param name="Latest">The last.</param>
internal sealed record RestoreWindow(DateTimeOffset? Earliest, DateTimeOffset? Latest);
