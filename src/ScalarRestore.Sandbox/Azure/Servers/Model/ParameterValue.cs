namespace ScalarRestore.Sandbox.Azure.Servers.Model;

/// <summary>The value that a server's parameter was set to.</summary>
internal sealed record ParameterValue(string Value, bool IsPendingRestart);
