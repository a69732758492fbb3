namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>A Kinesis stream that a table's changes go to.</summary>
internal sealed record KinesisDestination(string Status, string Precision);
