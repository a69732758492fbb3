namespace ScalarRestore.Sandbox.Aws.DynamoDb;

/// <summary>One thing that the service was busy with for a while: the truth against which waiting for it can be measured.</summary>
/// <param name="Kind">One of <see cref="OperationKinds"/>.</param>
/// <param name="Table">The table; of a restore the one that it makes, of a backup the one that is backed up.</param>
/// <param name="Source">Of a restore: the table that was restored, or that the backup is of.</param>
/// <param name="StartedAt">When it was taken on.</param>
/// <param name="EndedAt">When it is over; later than now where it is under way.</param>
internal sealed record ServiceOperation(string Kind, string Table, string? Source, DateTimeOffset StartedAt, DateTimeOffset EndedAt);
