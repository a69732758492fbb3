namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>A region of an account.</summary>
/// <param name="Name">Its name, without blanks and in small letters.</param>
/// <param name="Priority">Its place in a failover, 0 for the one that is written to.</param>
/// <param name="IsZoneRedundant">Whether it is spread over zones.</param>
internal sealed record CosmosRegion(string Name, int Priority, bool IsZoneRedundant);
