using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
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
    /// <returns>What was proven; null where the world was only staged.</returns>
    public async Task<DrillResult?> RunAsync(CancellationToken cancellationToken)
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

    private async Task<DrillResult?> RunAsync(SandboxChild sandbox, string folder, CancellationToken cancellationToken)
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
            await CreateKeysAsync(kube, release, cancellationToken);
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

        await StartWriterAsync(sandbox, releases[0], tables, resumes: false, cancellationToken);
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

        await StartWriterAsync(sandbox, releases[0], tables, resumes: false, cancellationToken);
        await SayAsync("Spoil the data");
        await sandbox.DelayAsync(TimeSpan.FromSeconds(30), cancellationToken);
        await Task.WhenAll(tables.Select(table => data.SpoilAsync(table, options.Items, cancellationToken)));
        var spoilt = (await Snapshot.TakeAsync(dynamo, names, cancellationToken)).Differences(truth).Values.Sum();

        if (options.Stage)
        {
            var staged = new StagedWorld
            {
                Environment = sandbox.Environment,
                Namespace = Namespace,
                Releases = [.. releases.Select(release => release.Name)],
                Tables = names,
                PauseStart = pauseStart,
                PauseEnd = pauseEnd,
                Helm = helm,
            };
            await staged.HoldAsync(output, Console.Out, cancellationToken);
            return null;
        }

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
        await RunJobAsync(job with { Until = RestorePhase.Stopped }, workers, killPoints, cancellationToken);

        // From here to the start nobody may write; this writer would, the moment that a single pod came back.
        await StartWriterAsync(sandbox, releases[0], tables, resumes: true, cancellationToken);
        var restored = await RunJobAsync(job with { Until = RestorePhase.Restored }, workers, killPoints, cancellationToken);
        var writes = Writes(await sandbox.Control.WriterAsync(cancellationToken));
        await sandbox.Control.StopWriterAsync(cancellationToken);
        await sandbox.Control.SetFaultsAsync([], cancellationToken);

        await SayAsync("Prove");
        var differences = (await Snapshot.TakeAsync(dynamo, names, cancellationToken)).Differences(truth);
        var drift = StateDiff.Compare(settings, await TableSettingsAsync(sandbox, cancellationToken));
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
        var calls = (await sandbox.Control.CallsAsync(firstCall, cancellationToken)).AsArray().Count;
        var deletions = await DeletionsAsync(dynamo, names, cancellationToken);
        if (deletions != tables.Count)
        {
            _faults.Add($"{deletions} live tables were deleted, for {tables.Count} tables");
        }

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
            Calls = calls,
            MakespanSeconds = Math.Round(ObservedPath.Makespan(restored), 1),
            CriticalPathSeconds = Math.Round(ObservedPath.Seconds(restored), 1),
            OutageSeconds = Math.Round(outage.TotalSeconds, 1),
            Faults = _faults,
        };
    }

    /// <summary>
    /// Deletions of live tables as AWS itself counts them: every deletion of a table with point-in-time recovery leaves one system backup.
    /// A table that was deleted twice would show here, whatever the journal says.
    /// </summary>
    private static async Task<int> DeletionsAsync(IAmazonDynamoDB dynamo, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        var count = 0;
        var request = new ListBackupsRequest { BackupType = BackupTypeFilter.SYSTEM };
        do
        {
            var page = await dynamo.ListBackupsAsync(request, cancellationToken);
            count += page.BackupSummaries?.Count(backup => tables.Contains(backup.TableName, StringComparer.Ordinal)) ?? 0;
            request.ExclusiveStartBackupArn = page.LastEvaluatedBackupArn;
        }
        while (request.ExclusiveStartBackupArn is not null);
        return count;
    }

    private static async Task<int> LastCallAsync(SandboxChild sandbox, CancellationToken cancellationToken)
    {
        var calls = (await sandbox.Control.CallsAsync(0, cancellationToken)).AsArray();
        return calls.Count == 0 ? 0 : (int)calls[^1]!["sequence"]!;
    }

    private static async Task<JsonNode> TableSettingsAsync(SandboxChild sandbox, CancellationToken cancellationToken)
    {
        var state = (await sandbox.Control.StateAsync(cancellationToken)).AsObject();
        return TableSettings.Of(state);
    }

    /// <summary>Writes that were tried, whether the tables took them or not.</summary>
    private static int Writes(JsonNode writer) =>
        writer["tables"]!.AsObject().Sum(table => (int)table.Value!["writes"]! + (int)table.Value!["refused"]!);

    private static void ApplyEnvironment(SandboxChild sandbox, string? helm)
    {
        // The engine follows the environment, as it does in a terminal and in a runbook.
        foreach (var (key, value) in sandbox.Environment)
        {
            Environment.SetEnvironmentVariable(key, value);
        }

        if (helm is not null)
        {
            Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(helm) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
        }
    }

    private static async Task CreateKeysAsync(KubeApi kube, ReleaseSpec release, CancellationToken cancellationToken)
    {
        if (release.KeySecret is not { } name)
        {
            return;
        }

        var secret = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "Opaque",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["stringData"] = new JsonObject { ["certificate"] = "drill", ["private-key"] = "drill" },
        };
        await kube.CreateAsync($"api/v1/namespaces/{Namespace}/secrets", secret, cancellationToken);
    }

    private static async Task UntilReadyAsync(KubeApi kube, IReadOnlyList<ReleaseSpec> releases, SandboxChild sandbox, CancellationToken cancellationToken)
    {
        var deadline = sandbox.Now + TimeSpan.FromMinutes(10);
        foreach (var release in releases)
        {
            while (await ReadyAsync(kube, release, cancellationToken) < release.Replicas)
            {
                if (sandbox.Now > deadline)
                {
                    throw new TimeoutException($"The pods of release {release.Name} did not become ready.");
                }

                await sandbox.DelayAsync(TimeSpan.FromSeconds(2), cancellationToken);
            }
        }
    }

    private static async Task<int> ReadyAsync(KubeApi kube, ReleaseSpec release, CancellationToken cancellationToken)
    {
        var deployment = await kube.GetAsync($"apis/apps/v1/namespaces/{Namespace}/deployments/{release.Deployment}", cancellationToken);
        return (int?)deployment["status"]?["readyReplicas"] ?? 0;
    }

    private static Task StartWriterAsync(SandboxChild sandbox, ReleaseSpec release, IReadOnlyList<TableSpec> tables, bool resumes, CancellationToken cancellationToken) =>
        sandbox.Control.StartWriterAsync(
            new JsonObject
            {
                ["namespace"] = Namespace,
                ["labels"] = new JsonObject(release.PodLabels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
                ["tables"] = new JsonArray([.. tables.Where(table => table.Name.StartsWith(release.Prefix, StringComparison.Ordinal) && !table.Metadata).Select(table => (JsonNode)table.Name)]),
                ["intervalSeconds"] = 2,
                ["mode"] = "put",
                ["resumes"] = resumes,
            },
            cancellationToken);

    private List<ReleaseSpec> Releases() =>
        [.. options.Server ? [ReleaseSpec.Server] : Array.Empty<ReleaseSpec>(), .. options.Ledger ? [ReleaseSpec.Ledger, ReleaseSpec.Auditor] : Array.Empty<ReleaseSpec>()];

    private async Task SetFaultsAsync(SandboxChild sandbox, CancellationToken cancellationToken)
    {
        if (options.FaultPercent <= 0)
        {
            return;
        }

        // A third each: refused for the rate, failed, and done with the answer lost.
        var each = options.FaultPercent / 100 / 3;
        await sandbox.Control.SetFaultsAsync(
            [.. new[] { "throttle", "error", "loseAnswer" }.Select(effect => new JsonObject { ["service"] = "*", ["operation"] = "*", ["probability"] = each, ["effect"] = effect, ["times"] = 0 })],
            cancellationToken);
    }

    private async Task<RestoreRun> RunJobAsync(JobSpec job, WorkerProcess workers, Queue<string> killPoints, CancellationToken cancellationToken)
    {
        if (options.KillAt.Count > 0)
        {
            return await workers.RunAsync(job, killPoints, cancellationToken);
        }

        return await new RestoreJob(EngineLoader.Load(), new ConsoleHost(output, options.Verbose, killPoint: null), job).RunAsync(cancellationToken);
    }

    private async Task CheckPodsAsync(KubeApi kube, IReadOnlyList<ReleaseSpec> releases, CancellationToken cancellationToken)
    {
        foreach (var release in releases)
        {
            var ready = await ReadyAsync(kube, release, cancellationToken);
            if (ready != release.Replicas)
            {
                _faults.Add($"release {release.Name} has {ready} ready pods and had {release.Replicas}");
            }
        }
    }

    private Task SayAsync(string line) => output.WriteLineAsync(line);
}
