namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>Number and size of items as they were last counted.</summary>
internal sealed record StaleCount(long Items, long Bytes, DateTimeOffset At);
