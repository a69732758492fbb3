namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>A database that is looked for.</summary>
/// <param name="Region">Where.</param>
/// <param name="Host">The host in a workload's URL; null if it is looked for by identifier.</param>
/// <param name="Canonical">What that host is an alias of; itself if it is none.</param>
/// <param name="Identifier">The identifier or ARN; null if it is looked for by host.</param>
/// <param name="Workload">Who uses it, as namespace/release.</param>
internal sealed record WantedDatabase(string Region, RdsHost? Host, string? Canonical, string? Identifier, string? Workload);
