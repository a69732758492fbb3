namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>A resource policy and its revision.</summary>
internal sealed record ResourcePolicy(string Text, string Revision);
