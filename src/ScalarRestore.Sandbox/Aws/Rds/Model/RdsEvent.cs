namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>Something that DescribeEvents tells of.</summary>
/// <param name="At">When.</param>
/// <param name="SourceType">db-instance or db-cluster.</param>
/// <param name="SourceId">Its name at the time.</param>
/// <param name="SourceArn">Its ARN at the time.</param>
/// <param name="Category">creation, restoration, failure and so on.</param>
/// <param name="Message">For people.</param>
internal sealed record RdsEvent(
    DateTimeOffset At, string SourceType, string SourceId, string SourceArn, string Category, string Message);
