namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>Performance Insights, where it is on.</summary>
internal sealed record PerformanceInsights(string KeyId, int RetentionDays);
