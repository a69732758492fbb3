namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>An IAM role that a database may use.</summary>
/// <param name="Arn">The role.</param>
/// <param name="Feature">What for, for example <c>s3Import</c>; null if it is for everything.</param>
internal sealed record RdsRole(string Arn, string? Feature);
