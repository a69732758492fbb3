namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>What a step made: an instance or a cluster.</summary>
/// <param name="Identifier">Its identifier.</param>
/// <param name="ResourceId">Its resource id.</param>
/// <param name="Arn">Its ARN.</param>
internal sealed record MadeDatabase(string Identifier, string ResourceId, string Arn);
