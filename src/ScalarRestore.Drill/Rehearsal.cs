using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill;

/// <summary>
/// The whole procedure on the sandbox: install, write, pause, spoil, restore, and prove that every item is back, that nobody wrote while
/// the workloads were stopped, and that every table has the settings it had.
/// </summary>
internal sealed class Rehearsal(DrillOptions options, TextWriter output)
{
    private const string Namespace = "default";

    private readonly List<string> _faults = [];

    /// <summary>Runs the drill.</summary>
    public async Task<DrillResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("scalar-drill-").FullName;
        try
        {
            await using var sandbox = await SandboxChild.StartAsync(options, folder, cancellationToken);
            return await RunAsync(sandbox, folder, cancellationToken);
        }
        finally
        {
            if (options.Keep)
            {
                await output.WriteLineAsync($"  kept: {folder}");
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<DrillResult> RunAsync(SandboxChild sandbox, string folder, CancellationToken cancellationToken)
    {
        var aws = sandbox.Ready["aws"]!;
        var (endpoint, region) = (new Uri((string)aws["endpoint"]!), (string)aws["region"]!);
        var (accessKey, secretKey) = ((string)aws["accessKeyId"]!, (string)aws["secretAccessKey"]!);
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials(accessKey, secretKey), new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = region });
        using var scaling = new ScalingApi(endpoint, region, accessKey, secretKey);
        using var kube = new KubeApi((string)sandbox.Ready["kubernetes"]!["kubeconfig"]!);

        var helm = options.Engine == WorkloadEngine.Record ? null : HelmInstaller.Find();
        if (options.Engine == WorkloadEngine.Helm && helm is null)
        {
            throw new InvalidOperationException("helm is neither on PATH nor in tests/tools; install it, or take --engine record.");
        }

        var engine = helm is null ? WorkloadEngine.Record : WorkloadEngine.Helm;
        var releases = Releases();
        var tables = TableSpec.All(options);
        await SayAsync($"Sandbox is up: {releases.Count} releases, {tables.Count} tables, {options.TimeScale:0.#} sandbox seconds per second");
        foreach (var release in releases)
        {
            var properties = release.Properties(region, accessKey, secretKey);
            await (helm is null
                ? new ReleaseInstaller(kube, Namespace).InstallAsync(release, properties, cancellationToken)
                : new HelmInstaller(helm, Namespace, sandbox.Environment).InstallAsync(release, properties, folder, cancellationToken));
        }

        var maker = new TableMaker(dynamo, scaling, sandbox.DelayAsync);
        await Task.WhenAll(tables.Select(table => maker.CreateAsync(table, cancellationToken)));
        var data = new DataMaker(dynamo, () => sandbox.Now);
        await Task.WhenAll(tables.Select(table => data.WriteAsync(table, options.Items, tables, cancellationToken)));
        await UntilReadyAsync(kube, releases, sandbox, cancellationToken);

        await StartWriterAsync(sandbox, releases[0], tables, cancellationToken);
        await sandbox.DelayAsync(TimeSpan.FromSeconds(30), cancellationToken);
        await SayAsync("Pause, and note the window");
        await sandbox.Control.StopWriterAsync(cancellationToken);
        var pauseStart = sandbox.Now;
        await sandbox.DelayAsync(TimeSpan.FromSeconds(5), cancellationToken);
        var names = tables.Select(table => table.Name).ToList();
        var truth = await Snapshot.TakeAsync(dynamo, names, cancellationToken);
        await sandbox.DelayAsync(TimeSpan.FromSeconds(5), cancellationToken);
        var pauseEnd = sandbox.Now;
        var settings = await TableSettingsAsync(sandbox, cancellationToken);

        await StartWriterAsync(sandbox, releases[0], tables, cancellationToken);
        await SayAsync("Spoil the data");
        await sandbox.DelayAsync(TimeSpan.FromSeconds(30), cancellationToken);
        await Task.WhenAll(tables.Select(table => data.SpoilAsync(table, options.Items, cancellationToken)));
        var spoilt = (await Snapshot.TakeAsync(dynamo, names, cancellationToken)).Differences(truth).Values.Sum();

        ApplyEnvironment(sandbox, helm);
        var point = EngineLoader.Load().GetRestorePoint(new RestorePointQuery { Windows = [new PauseWindow(pauseStart, pauseEnd, "drill")] });
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $"Restore to {point.RestoreTime:yyyy-MM-dd HH:mm:ss}Z"));
        var job = new JobSpec
        {
            Namespace = Namespace,
            Releases = [.. releases.Select(release => release.Name)],
            JournalFolder = Path.Combine(folder, "journal"),
            RestoreTime = point.RestoreTime,
            Engine = engine,
            ChartSource = helm is null ? null : BuiltPaths.Charts,
            Until = RestorePhase.ValuesUpdated,
            Verbose = options.Verbose,
        };
        await SetFaultsAsync(sandbox, cancellationToken);
        var began = sandbox.Now;
        var firstCall = await LastCallAsync(sandbox, cancellationToken);
        var workers = new WorkerProcess(sandbox.Environment, folder, output);
        var killPoints = new Queue<string>(options.KillAt);
        var restored = await RunJobAsync(job with { Until = RestorePhase.Restored }, workers, killPoints, cancellationToken);
        var written = await sandbox.Control.WriterAsync(cancellationToken);
        var lastStop = restored.UpdatedAt;
        await sandbox.Control.SetFaultsAsync([], cancellationToken);

        await SayAsync("Prove");
        var differences = (await Snapshot.TakeAsync(dynamo, names, cancellationToken)).Differences(truth);
        var drift = StateDiff.Compare(settings, await TableSettingsAsync(sandbox, cancellationToken));
        var writes = WritesSince(written, restored);
        await SetFaultsAsync(sandbox, cancellationToken);
        await SayAsync("Start");
        var started = await RunJobAsync(job with { Until = RestorePhase.Started }, workers, killPoints, cancellationToken);
        var outage = sandbox.Now - began;
        await sandbox.Control.SetFaultsAsync([], cancellationToken);

        foreach (var (table, count) in differences.Where(pair => pair.Value > 0))
        {
            _faults.Add($"{table}: {count} items differ");
        }

        _faults.AddRange(drift.Select(path => $"setting {path}"));
        if (writes > 0)
        {
            _faults.Add($"{writes} writes reached tables while the workloads were stopped");
        }

        if (spoilt == 0)
        {
            _faults.Add("nothing had been spoilt, so nothing was proven");
        }

        if (killPoints.Count > 0)
        {
            _faults.Add($"kill points never reached: {string.Join(", ", killPoints)}");
        }

        await CheckPodsAsync(kube, releases, cancellationToken);
        var calls = (await sandbox.Control.CallsAsync(firstCall, cancellationToken)).AsArray();
        var deletions = calls.Count(call => (string?)call!["operation"] == "DeleteTable" && (int)call["status"]! == 200 && names.Contains((string)call["resource"]!, StringComparer.Ordinal));
        if (deletions != tables.Count)
        {
            _faults.Add($"{deletions} deletions of live tables were sent and answered, for {tables.Count} tables");
        }

        _ = lastStop;
        if (started.Outcome is not (RestoreOutcome.Succeeded or RestoreOutcome.SucceededWithWarnings))
        {
            _faults.Add($"the run ended as {started.Outcome}");
        }

        return new DrillResult
        {
            Database = "dynamodb",
            Engine = engine.ToString().ToLowerInvariant(),
            Releases = [.. releases.Select(release => release.Name)],
            RestoreTime = point.RestoreTime,
            Tables = tables.Count,
            Items = truth.Items,
            SpoiltItems = spoilt,
            WrongItems = differences.Values.Sum(),
            WritesDuringRestore = writes,
            DriftLeft = drift.Count,
            Steps = restored.Steps.Count,
            Deletions = deletions,
            Kills = workers.Kills,
            Calls = calls.Count,
            MakespanSeconds = Math.Round(ObservedPath.Makespan(restored), 1),
            CriticalPathSeconds = Math.Round(ObservedPath.Seconds(restored), 1),
            OutageSeconds = Math.Round(outage.TotalSeconds, 1),
            Faults = _faults,
        };
    }
}
