namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>Where a database listens.</summary>
internal sealed record DatabaseAddress(string Host, int Port);
