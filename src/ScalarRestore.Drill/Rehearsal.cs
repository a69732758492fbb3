using System.Globalization;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill;

/// <summary>
/// The whole procedure on the sandbox: install, write, pause, spoil, restore, and prove that every item is back, that nobody wrote while
/// the workloads were stopped, and that every database has the settings it had.
/// </summary>
internal sealed class Rehearsal(DrillOptions options, TextWriter output)
{
    /// <summary>Runs the drill.</summary>
    /// <returns>What was proven; null where the world was only staged.</returns>
    public async Task<DrillResult?> RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await ScalarWorld.BuildAsync(options, cancellationToken);
        await SayAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Sandbox is up: {world.Releases.Count} releases on {world.Databases.What}; {options.TimeScale:0.#} sandbox seconds per second"));
        if (world.Databases.OutOfReach is { } reach)
        {
            await SayAsync($"Not to be proven here: {reach}");
        }

        await world.WorkAsync(cancellationToken);
        await SayAsync("Pause, and note the window");
        var notes = await world.PauseAsync(cancellationToken);
        await SayAsync("Spoil the data");
        await world.WorkAsync(cancellationToken);
        var spoilt = await notes.Databases.SpoilAsync(cancellationToken);
        if (options.Stage)
        {
            await Stage(world, notes).HoldAsync(output, Console.Out, cancellationToken);
            return null;
        }

        return await RestoreAsync(world, notes, spoilt, cancellationToken);
    }

    private static StagedWorld Stage(ScalarWorld world, PauseNotes notes) => new()
    {
        Environment = world.Sandbox.Environment,
        Namespace = ScalarWorld.Namespace,
        Releases = [.. world.Releases.Select(release => release.Name)],
        Databases = world.Databases.Names,
        MovesEndpoints = world.Databases.MovesEndpoints,
        ValuesFiles = world.ValuesFiles,
        UpdatesSecret = world.HasSecret,
        PauseStart = notes.Start,
        PauseEnd = notes.End,
        Helm = world.Helm,
    };

    private async Task<DrillResult> RestoreAsync(ScalarWorld world, PauseNotes notes, int? spoilt, CancellationToken cancellationToken)
    {
        world.ApplyEnvironment();
        var point = EngineLoader.Load().GetRestorePoint(new RestorePointQuery { Windows = [new PauseWindow(notes.Start, notes.End, "drill")] });
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $"Restore to {point.RestoreTime:yyyy-MM-dd HH:mm:ss}Z"));
        var job = world.Job(point.RestoreTime, "journal");
        var workers = new WorkerProcess(world.Sandbox.Environment, world.Folder, output);
        var killPoints = new Queue<string>(options.KillAt);

        var firstCall = await world.Sandbox.Control.LastCallAsync(cancellationToken);
        await world.SetFaultsAsync(options.FaultPercent, cancellationToken);
        var began = world.Sandbox.Now;
        await RunAsync(job with { Until = RestorePhase.Stopped }, workers, killPoints, cancellationToken);

        // From here to the start nobody may write.
        await world.WatchForWritersAsync(cancellationToken);
        var restored = await RunAsync(job with { Until = RestorePhase.Restored }, workers, killPoints, cancellationToken);
        var writes = await world.Databases.StopWritingAsync(cancellationToken);
        await SayAsync("Start");
        var started = await RunAsync(job, workers, killPoints, cancellationToken);
        var outage = world.Sandbox.Now - began;
        await world.SetFaultsAsync(0, cancellationToken);

        await SayAsync("Prove");
        var calls = await world.Sandbox.Control.LastCallAsync(cancellationToken) - firstCall;
        var proof = await notes.Databases.ProveAsync(restored, point.RestoreTime, cancellationToken);
        var faults = new List<string>(proof.Faults);
        faults.AddRange(await world.PodFaultsAsync(cancellationToken));
        faults.AddRange(RunFaults(spoilt, writes, started, killPoints));
        return new DrillResult
        {
            Database = options.Database.ToString().ToLowerInvariant(),
            Engine = job.Engine.ToString().ToLowerInvariant(),
            Releases = job.Releases,
            RestoreTime = point.RestoreTime,
            Databases = proof.Databases,
            Postgres = world.Sandbox.Postgres,
            OutOfReach = world.Databases.OutOfReach,
            Tables = proof.Tables,
            Items = notes.Databases.Items,
            SpoiltItems = spoilt ?? 0,
            WrongItems = proof.WrongItems,
            WritesDuringRestore = writes,
            DriftLeft = proof.Drift.Count,
            Steps = restored.Steps.Count,
            Deletions = proof.Deletions,
            Kills = workers.Kills,
            Calls = calls,
            MakespanSeconds = Math.Round(ObservedPath.Makespan(restored), 1),
            CriticalPathSeconds = Math.Round(ObservedPath.Seconds(restored), 1),
            KindSeconds = ObservedPath.ByKind(restored).ToDictionary(kind => kind.Key, kind => Math.Round(kind.Value.Seconds, 1), StringComparer.Ordinal),
            OutageSeconds = Math.Round(outage.TotalSeconds, 1),
            Faults = faults,
        };
    }

    private static IEnumerable<string> RunFaults(int? spoilt, int? writes, RestoreRun started, Queue<string> killPoints)
    {
        if (spoilt == 0)
        {
            yield return "nothing had been spoilt, so nothing was proven";
        }

        if (writes > 0)
        {
            yield return $"{writes} writes were tried while the workloads were stopped";
        }

        if (started.Outcome is not (RestoreOutcome.Succeeded or RestoreOutcome.SucceededWithWarnings))
        {
            yield return $"the run ended as {started.Outcome}";
        }

        if (killPoints.Count > 0)
        {
            yield return $"kill points never reached: {string.Join(", ", killPoints)}";
        }
    }

    // Whom a process trusts in TLS is settled when it starts, so that a sandbox of Azure is reached from a process of its own.
    private async Task<RestoreRun> RunAsync(JobSpec job, WorkerProcess workers, Queue<string> killPoints, CancellationToken cancellationToken) =>
        options.KillAt.Count > 0 || options.OnAzure
            ? await workers.RunAsync(job, killPoints, cancellationToken)
            : await new RestoreJob(EngineLoader.Load(), new ConsoleHost(output, options.Verbose, killPoint: null), job).RunAsync(cancellationToken);

    private Task SayAsync(string line) => output.WriteLineAsync(line);
}
