namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>One call, inside the region's lock.</summary>
internal readonly record struct RdsCall(RdsRegion Region, RdsForm Form, DateTimeOffset Now);
