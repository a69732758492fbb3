namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>PostgreSQL, or a program around it, did not do what was asked of it.</summary>
internal sealed class PostgresException(string message, Exception? inner = null) : Exception(message, inner);
