using System.Globalization;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill;

/// <summary>
/// Restores one world again and again, and kills the restoring process at another journal record each time: just before the record is
/// written, and just after. A new process has to bring each of these runs to the same end, with no second deletion and no lost item.
/// </summary>
internal sealed class KillMatrix(DrillOptions options, TextWriter output)
{
    /// <summary>Walks the matrix.</summary>
    /// <returns>What went wrong, by kill point; empty for a good matrix.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await ScalarWorld.BuildAsync(options, cancellationToken);
        world.ApplyEnvironment();
        var faults = new List<string>();
        var records = await RunOnceAsync(world, killAt: null, faults, cancellationToken);
        var points = Enumerable.Range(1, records)
            .SelectMany(record => new[] { $"{record}:before", $"{record}:after" })
            .Where((_, index) => index % options.Shards == options.Shard)
            .ToList();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{records} records in a run that nobody kills; {points.Count} kill points here"));
        var done = 0;
        foreach (var point in points)
        {
            var before = faults.Count;
            await RunOnceAsync(world, point, faults, cancellationToken);
            done++;
            if (faults.Count > before || options.Verbose)
            {
                await output.WriteLineAsync($"{point}: {(faults.Count > before ? string.Join("; ", faults[before..]) : "the same end")}");
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"killed {done} times, {faults.Count} faults"));
        return faults;
    }

    /// <summary>Pause, spoil, restore with one kill, prove.</summary>
    /// <returns>The number of records in the journal.</returns>
    private async Task<int> RunOnceAsync(ScalarWorld world, string? killAt, List<string> faults, CancellationToken cancellationToken)
    {
        var notes = await world.PauseAsync(cancellationToken);
        if (await world.SpoilAsync(notes, cancellationToken) == 0)
        {
            faults.Add($"{killAt}: nothing was spoilt");
        }

        var name = killAt?.Replace(':', '-') ?? "whole";
        var point = EngineLoader.Load().GetRestorePoint(new RestorePointQuery { Windows = [new PauseWindow(notes.Start, notes.End, "drill")] });
        var job = world.Job(point.RestoreTime, name);
        var workers = new WorkerProcess(world.Sandbox.Environment, world.Folder, TextWriter.Null);
        var killPoints = new Queue<string>(killAt is null ? [] : [killAt]);
        try
        {
            var run = await workers.RunAsync(job, killPoints, cancellationToken);
            var proof = await world.ProveTablesAsync(notes, cancellationToken);
            faults.AddRange(proof.Faults(world.Tables.Count).Concat(await world.PodFaultsAsync(cancellationToken)).Select(fault => $"{killAt}: {fault}"));
            if (run.Outcome is not (RestoreOutcome.Succeeded or RestoreOutcome.SucceededWithWarnings))
            {
                faults.Add($"{killAt}: the run ended as {run.Outcome}");
            }

            if (killAt is not null && workers.Kills == 0 && Records(job) >= int.Parse(killAt.Split(':')[0], CultureInfo.InvariantCulture))
            {
                faults.Add($"{killAt}: nobody was killed");
            }
        }
        catch (InvalidOperationException e)
        {
            faults.Add($"{killAt}: {e.Message}");
        }

        return Records(job);
    }

    private static int Records(JobSpec job) => Directory.EnumerateFiles(job.JournalFolder, "*.jsonl").Sum(file => File.ReadLines(file).Count());
}
