using System.Diagnostics;
using System.Text.Json;
using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>Runs a job in child processes: a new one each time the last was killed, as long as there are kill points left.</summary>
internal sealed class WorkerProcess(IReadOnlyDictionary<string, string?> environment, string folder, TextWriter output)
{
    private const int Killed = 137;

    /// <summary>How many processes were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Runs the job to its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="killPoints">Where to kill; taken off the front as they are reached or passed over.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RestoreRun> RunAsync(JobSpec job, Queue<string> killPoints, CancellationToken cancellationToken)
    {
        while (true)
        {
            killPoints.TryPeek(out var killAt);
            if (await TryAsync(job, killAt, cancellationToken) is { } run)
            {
                return run;
            }

            killPoints.Dequeue();
            await output.WriteLineAsync($"  * killed at {killAt}; a new process takes the run up");
        }
    }

    /// <summary>Runs the job in one process.</summary>
    /// <param name="job">The job.</param>
    /// <param name="killAt">Where to kill it; null for nowhere.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The run; null if the process was killed.</returns>
    public async Task<RestoreRun?> TryAsync(JobSpec job, string? killAt, CancellationToken cancellationToken)
    {
        var (exit, last, errors) = await StartAsync(job with { KillAt = killAt }, cancellationToken);
        if (exit == 0)
        {
            return JsonSerializer.Deserialize<RestoreRun>(last, Worker.Json)!;
        }

        if (exit != Killed || killAt is null)
        {
            throw new InvalidOperationException($"The restoring process ended with {exit}: {errors}");
        }

        Kills++;
        return null;
    }

    private async Task<(int Exit, string Last, string Errors)> StartAsync(JobSpec job, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "job.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(job, Worker.Json), cancellationToken);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "exec", typeof(WorkerProcess).Assembly.Location, "worker", path })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The restoring process could not be started.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var last = "";
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith('{'))
            {
                last = line;
            }
            else
            {
                await output.WriteLineAsync(line);
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, last, await errors);
    }
}
