namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>Between how many capacity units the serverless members of a cluster scale, and after how many seconds they pause.</summary>
internal sealed record ServerlessScaling(double Min, double Max, int? SecondsUntilAutoPause);
