namespace ScalarRestore.Engine.Workloads;

/// <summary>How a run of helm ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it complained about; redacted.</param>
internal sealed record HelmOutput(int ExitCode, string Output, string Errors);
