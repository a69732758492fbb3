using System.Diagnostics;
using System.Text.Json;
using ScalarRestore.Drill.Restore;

namespace ScalarRestore.Benchmarks.Workers;

/// <summary>Starts worker processes, so that what the restore takes of the machine is not mixed with what the benchmark takes.</summary>
internal sealed class MeasuredProcess(string folder, TextWriter output)
{
    /// <summary>Runs a job in a process of its own.</summary>
    public async Task<WorkerFigures> RunAsync(JobSpec job, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "job.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(job, Worker.Json), cancellationToken);
        return await StartAsync([path], cancellationToken);
    }

    /// <summary>A process that does nothing.</summary>
    public Task<WorkerFigures> IdleAsync(CancellationToken cancellationToken) => StartAsync([], cancellationToken);

    private async Task<WorkerFigures> StartAsync(string[] job, CancellationToken cancellationToken)
    {
        var figures = Path.Combine(folder, "figures.json");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["exec", typeof(MeasuredProcess).Assembly.Location, "worker", figures, .. job])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The worker process could not be started.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            await output.WriteLineAsync(line);
        }

        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<WorkerFigures>(await File.ReadAllTextAsync(figures, cancellationToken), Worker.Json)!
            : throw new InvalidOperationException($"The worker process ended with {process.ExitCode}: {await errors}");
    }
}
