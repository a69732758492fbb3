namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>Where a restored table came from.</summary>
internal sealed record RestoreSummary(string? SourceTableArn, string? SourceBackupArn, DateTimeOffset At, bool InProgress);
