using ScalarRestore.Contracts;

namespace ScalarRestore.Benchmarks.Workers;

/// <summary>What a worker process found out about itself.</summary>
/// <param name="Run">The run, where there was a job.</param>
/// <param name="PeakBytes">The most memory that was resident.</param>
/// <param name="CpuSeconds">Processor time.</param>
internal sealed record WorkerFigures(RestoreRun? Run, long PeakBytes, double CpuSeconds);
