using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill;

/// <summary>
/// Restores one world again and again, and kills the restoring process at another journal record each time: just before the record is
/// written, and just after. This process, which knows nothing of it but the journal, has to bring each of these runs to the same end, with
/// nothing restored, made or deleted twice and no item lost. Instances and clusters that one run made are the sources of the next.
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
        var points = Walked(records)
            .SelectMany(record => new[] { $"{record}:before", $"{record}:after" })
            .Where((_, index) => index % options.Shards == options.Shard)
            .ToList();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{records.Count} records in a run that nobody kills; {points.Count} kill points here"));
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
    /// <returns>The kinds of the journal's records.</returns>
    private async Task<IReadOnlyList<string>> RunOnceAsync(ScalarWorld world, string? killAt, List<string> faults, CancellationToken cancellationToken)
    {
        var notes = await world.PauseAsync(cancellationToken);
        if (await notes.Databases.SpoilAsync(cancellationToken) == 0)
        {
            faults.Add($"{killAt}: nothing was spoilt");
        }

        var name = killAt?.Replace(':', '-') ?? "whole";
        var point = EngineLoader.Load().GetRestorePoint(new RestorePointQuery { Windows = [new PauseWindow(notes.Start, notes.End, "drill")] });
        var job = world.Job(point.RestoreTime, name);
        var workers = new WorkerProcess(world.Sandbox.Environment, world.Folder, TextWriter.Null);
        try
        {
            var run = killAt is null ? null : await workers.TryAsync(job, killAt, cancellationToken);
            run ??= options.OnAzure
                ? await workers.RunAsync(job, new Queue<string>(), cancellationToken)
                : await new RestoreJob(EngineLoader.Load(), new ConsoleHost(TextWriter.Null, verbose: false, killPoint: null), job).RunAsync(cancellationToken);
            var proof = await notes.Databases.ProveAsync(run, point.RestoreTime, cancellationToken);
            faults.AddRange(proof.Faults.Concat(await world.PodFaultsAsync(cancellationToken)).Select(fault => $"{killAt}: {fault}"));
            if (run.Outcome is not (RestoreOutcome.Succeeded or RestoreOutcome.SucceededWithWarnings))
            {
                faults.Add($"{killAt}: the run ended as {run.Outcome}");
            }

            if (killAt is not null && workers.Kills == 0 && Records(job).Count >= int.Parse(killAt.Split(':')[0], CultureInfo.InvariantCulture))
            {
                faults.Add($"{killAt}: nobody was killed");
            }
        }
        catch (Exception e) when (e is InvalidOperationException or RestoreException)
        {
            faults.Add($"{killAt}: {e.Message}");
        }

        return Records(job);
    }

    /// <summary>The numbers of the records at which runs are killed.</summary>
    private IEnumerable<int> Walked(IReadOnlyList<string> records)
    {
        var phase = -1;
        for (var number = 1; number <= records.Count; number++)
        {
            phase += records[number - 1] == "phase-planned" ? 1 : 0;
            if (options.KillPhase is not { } wanted || phase == (int)wanted)
            {
                yield return number;
            }
        }
    }

    private static IReadOnlyList<string> Records(JobSpec job) =>
        [.. Directory.EnumerateFiles(job.JournalFolder, "*.jsonl").SelectMany(File.ReadLines).Select(line => (string)JsonNode.Parse(line)!["kind"]!)];
}
