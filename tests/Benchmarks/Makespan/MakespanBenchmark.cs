using System.Diagnostics;
using System.Text.Json.Nodes;
using ScalarRestore.Benchmarks.ByHand;
using ScalarRestore.Benchmarks.Workers;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Databases.DynamoDb;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>How close a restore of many tables comes to what the service's own times and limits allow.</summary>
internal sealed class MakespanBenchmark : IBenchmark
{
    /// <summary>How far DynamoDB's latest restorable time lies behind, and a little: waiting for it is not the restore's doing.</summary>
    private static readonly TimeSpan RestorableLag = TimeSpan.FromSeconds(330);

    /// <inheritdoc/>
    public string Name => "makespan";

    /// <inheritdoc/>
    public string Usage => """
        makespan [options]    restores N tables and compares with the lower bound

          --tables N        tables, at least 3 (default 50)
          --items N         items in each (default 20)
          --time-scale N    sandbox seconds per second (default 60); higher ones measure this machine's processors
          --seed N          seeds service times and faults (default 1)
          --faults PERCENT  calls that are throttled, fail or lose their answer (default 0)
          --hand-tables N   tables to restore by the guide with the AWS CLI v2 as well (default 2)
          --json            the last line is one JSON object
        """;

    /// <inheritdoc/>
    public async Task<JsonObject> RunAsync(IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        var options = MakespanOptions.Parse(args);
        var began = Stopwatch.GetTimestamp();
        await using var world = await ScalarWorld.BuildAsync(options.World, cancellationToken);
        var notes = await world.PauseAsync(cancellationToken);
        await notes.Databases.SpoilAsync(cancellationToken);
        await world.Sandbox.DelayAsync(RestorableLag, cancellationToken);
        world.ApplyEnvironment();

        var process = new MeasuredProcess(world.Folder, output);
        var idle = await process.IdleAsync(cancellationToken);
        var job = world.Job(notes.Start + ((notes.End - notes.Start) / 2), "journal");
        var tables = ((DynamoDbDatabases)world.Databases).Tables;
        await process.RunAsync(job with { Until = RestorePhase.Stopped }, cancellationToken);
        var figures = await MeasureAsync(world, process, job, options, cancellationToken) with { IdleBytes = idle.PeakBytes };
        var proof = await notes.Databases.ProveAsync(figures.Run, job.RestoreTime, cancellationToken);
        var result = figures.ToResult(options, tables, proof.Faults);
        result = result with
        {
            ByHand = await HandFigures.MeasureAsync(world, tables, options.HandTables, output, cancellationToken),
            TotalWallSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
        };
        result.Print(output);
        return result.ToJson();
    }

    private static async Task<RestoreFigures> MeasureAsync(
        ScalarWorld world, MeasuredProcess process, JobSpec job, MakespanOptions options, CancellationToken cancellationToken)
    {
        var firstCall = await world.Sandbox.Control.LastCallAsync(cancellationToken);
        await world.SetFaultsAsync(options.FaultPercent, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var worker = await process.RunAsync(job with { Until = RestorePhase.Restored }, cancellationToken);
        var wall = Stopwatch.GetElapsedTime(began);
        await world.SetFaultsAsync(0, cancellationToken);
        return new RestoreFigures
        {
            Run = worker.Run!,
            Worker = worker,
            Wall = wall,
            Calls = new CallTally(await world.Sandbox.Control.CallsAsync(firstCall, cancellationToken)),
            Operations = ServiceOperation.Read(await world.Sandbox.Control.OperationsAsync(cancellationToken)),
        };
    }
}
