using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>A table's settings as they were last seen, each at its own time.</summary>
internal sealed record SeenSettings(TableFacts Facts, ContinuousBackupsDescription Backups);
