using System.Diagnostics;
using System.Text.Json;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Restore;

namespace ScalarRestore.Benchmarks.Workers;

/// <summary>The inside of a worker process: walks a job, or does nothing at all, and writes down what that took of the machine.</summary>
internal static class MeasuredWorker
{
    /// <summary>Runs the job of a file, or none if only the file for the figures is given.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            var run = args is [_, var path] ? await WalkAsync(path, cancellationToken) : null;

            // Before the run is written out: that is the benchmark's doing, not the engine's.
            using var self = Process.GetCurrentProcess();
            var figures = new WorkerFigures(run, self.PeakWorkingSet64, self.TotalProcessorTime.TotalSeconds);
            await File.WriteAllTextAsync(args[0], JsonSerializer.Serialize(figures, Worker.Json), cancellationToken);
            return 0;
        }
        catch (RestoreException e)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', e.Faults.Select(fault => fault.Message).Prepend($"{e.Id}: {e.Message} {e.Mend}")));
            return 2;
        }
    }

    private static async Task<RestoreRun> WalkAsync(string path, CancellationToken cancellationToken)
    {
        var job = JsonSerializer.Deserialize<JobSpec>(await File.ReadAllTextAsync(path, cancellationToken), Worker.Json)!;
        return await new RestoreJob(EngineLoader.Load(), new ConsoleHost(Console.Out, verbose: false, killPoint: null), job).RunAsync(cancellationToken);
    }
}
