using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.World;

/// <summary>A sandbox with releases, their tables and their data: what a drill restores, and what it looks at to prove it.</summary>
internal sealed class ScalarWorld : IAsyncDisposable
{
    /// <summary>The namespace of the releases.</summary>
    public const string Namespace = "default";

    /// <summary>More would only be throttled.</summary>
    private const int TablesAtOnce = 24;

    private readonly DrillOptions _options;
    private readonly KubeApi _kube;
    private readonly ScalingApi _scaling;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly DataMaker _data;

    private ScalarWorld(DrillOptions options, SandboxChild sandbox, string folder)
    {
        _options = options;
        Sandbox = sandbox;
        Folder = folder;
        var aws = sandbox.Ready["aws"]!;
        var (endpoint, region) = (new Uri((string)aws["endpoint"]!), (string)aws["region"]!);
        var (accessKey, secretKey) = ((string)aws["accessKeyId"]!, (string)aws["secretAccessKey"]!);
        _dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials(accessKey, secretKey), new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = region, MaxErrorRetry = 8 });
        _scaling = new ScalingApi(endpoint, region, accessKey, secretKey);
        _kube = new KubeApi((string)sandbox.Ready["kubernetes"]!["kubeconfig"]!);
        _data = new DataMaker(_dynamo, () => sandbox.Now);
        Helm = options.Engine == WorkloadEngine.Record ? null : HelmInstaller.Find();
        Releases = [.. options.Server ? [ReleaseSpec.Server] : Array.Empty<ReleaseSpec>(), .. options.Ledger ? [ReleaseSpec.Ledger, ReleaseSpec.Auditor] : Array.Empty<ReleaseSpec>()];
        Tables = TableSpec.All(options);
    }

    /// <summary>The sandbox.</summary>
    public SandboxChild Sandbox { get; }

    /// <summary>A folder that goes with the world.</summary>
    public string Folder { get; }

    /// <summary>The helm program; null where releases are changed in process.</summary>
    public string? Helm { get; }

    /// <summary>The releases.</summary>
    public IReadOnlyList<ReleaseSpec> Releases { get; }

    /// <summary>Their tables.</summary>
    public IReadOnlyList<TableSpec> Tables { get; }

    private IReadOnlyList<string> TableNames => [.. Tables.Select(table => table.Name)];

    /// <summary>Starts a sandbox, installs the releases, makes their tables and writes known data.</summary>
    public static async Task<ScalarWorld> BuildAsync(DrillOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("scalar-drill-").FullName;
        var world = new ScalarWorld(options, await SandboxChild.StartAsync(options, folder, cancellationToken), folder);
        try
        {
            if (options.Engine == WorkloadEngine.Helm && world.Helm is null)
            {
                throw new InvalidOperationException("helm is neither on PATH nor in tests/tools; install it, or take --engine record.");
            }

            await world.BuildAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The job that restores this world to a point.</summary>
    public JobSpec Job(DateTimeOffset restoreTime, string journal) => new()
    {
        Namespace = Namespace,
        Releases = [.. Releases.Select(release => release.Name)],
        JournalFolder = Path.Combine(Folder, journal),
        RestoreTime = restoreTime,
        Engine = Helm is null ? WorkloadEngine.Record : WorkloadEngine.Helm,
        ChartSource = Helm is null ? null : BuiltPaths.Charts,
        Until = RestorePhase.Started,
        Verbose = _options.Verbose,
    };

    /// <summary>Lets the application write for a while.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        await StartWriterAsync(resumes: false, cancellationToken);
        await Sandbox.DelayAsync(TimeSpan.FromSeconds(30), cancellationToken);
    }

    /// <summary>Pauses the application, and notes the window and all that stands in the tables.</summary>
    public async Task<PauseNotes> PauseAsync(CancellationToken cancellationToken)
    {
        await Sandbox.Control.StopWriterAsync(cancellationToken);
        var start = Sandbox.Now;
        await Sandbox.DelayAsync(TimeSpan.FromSeconds(5), cancellationToken);
        var items = await Snapshot.TakeAsync(_dynamo, TableNames, cancellationToken);
        var settings = await SettingsAsync(cancellationToken);
        await Sandbox.DelayAsync(TimeSpan.FromSeconds(5), cancellationToken);
        return new PauseNotes(start, Sandbox.Now, items, settings, await DeletionsAsync(TableNames, cancellationToken));
    }

    /// <summary>Deletes, overwrites and adds items.</summary>
    /// <returns>How many items then differ.</returns>
    public async Task<int> SpoilAsync(PauseNotes notes, CancellationToken cancellationToken)
    {
        await EachTableAsync((table, token) => _data.SpoilAsync(table, _options.Items, token), cancellationToken);
        return (await Snapshot.TakeAsync(_dynamo, TableNames, cancellationToken)).Differences(notes.Items).Values.Sum();
    }

    /// <summary>Puts a writer in wait that writes the moment that a pod of the application comes back.</summary>
    public Task WatchForWritersAsync(CancellationToken cancellationToken) => StartWriterAsync(resumes: true, cancellationToken);

    /// <summary>Writes that were tried since the writer was put in wait, whether the tables took them or not. The writer is taken away.</summary>
    public async Task<int> WritesAsync(CancellationToken cancellationToken)
    {
        var writer = await Sandbox.Control.WriterAsync(cancellationToken);
        await Sandbox.Control.StopWriterAsync(cancellationToken);
        return writer["tables"]!.AsObject().Sum(table => (int)table.Value!["writes"]! + (int)table.Value!["refused"]!);
    }

    /// <summary>What is not as it was at the pause.</summary>
    public async Task<ProofOfTables> ProveTablesAsync(PauseNotes notes, CancellationToken cancellationToken) => new(
        (await Snapshot.TakeAsync(_dynamo, TableNames, cancellationToken)).Differences(notes.Items),
        StateDiff.Compare(notes.Settings, await SettingsAsync(cancellationToken)),
        await DeletionsAsync(TableNames, cancellationToken) - notes.Deletions);

    /// <summary>Releases that do not have as many ready pods as they had.</summary>
    public async Task<IReadOnlyList<string>> PodFaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var release in Releases)
        {
            var ready = await ReadyAsync(release, cancellationToken);
            if (ready != release.Replicas)
            {
                faults.Add($"release {release.Name} has {ready} ready pods and had {release.Replicas}");
            }
        }

        return faults;
    }

    /// <summary>Sends every client of this process and its children to the sandbox, as the environment does in a terminal or a runbook.</summary>
    public void ApplyEnvironment()
    {
        foreach (var (key, value) in Sandbox.Environment)
        {
            Environment.SetEnvironmentVariable(key, value);
        }

        if (Helm is not null)
        {
            Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(Helm) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
        }
    }

    /// <summary>Lets a share of all calls be refused for the rate, fail, or lose their answer; a third each.</summary>
    public async Task SetFaultsAsync(double percent, CancellationToken cancellationToken)
    {
        string[] effects = percent > 0 ? ["throttle", "error", "loseAnswer"] : [];
        await Sandbox.Control.SetFaultsAsync(
            [.. effects.Select(effect => new JsonObject { ["service"] = "*", ["operation"] = "*", ["probability"] = percent / 100 / 3, ["effect"] = effect, ["times"] = 0 })],
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _kube.Dispose();
        _scaling.Dispose();
        _dynamo.Dispose();
        await Sandbox.DisposeAsync();
        if (!_options.Keep)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var aws = Sandbox.Ready["aws"]!;
        foreach (var release in Releases)
        {
            await CreateKeysAsync(release, cancellationToken);
            var properties = release.Properties((string)aws["region"]!, (string)aws["accessKeyId"]!, (string)aws["secretAccessKey"]!);
            await (Helm is null
                ? new ReleaseInstaller(_kube, Namespace).InstallAsync(release, properties, cancellationToken)
                : new HelmInstaller(Helm, Namespace, Sandbox.Environment).InstallAsync(release, properties, Folder, cancellationToken));
        }

        var maker = new TableMaker(_dynamo, _scaling, Sandbox.DelayAsync);
        await EachTableAsync(maker.CreateAsync, cancellationToken);
        await EachTableAsync((table, token) => _data.WriteAsync(table, _options.Items, Tables, token), cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    private Task EachTableAsync(Func<TableSpec, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Tables, new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancellationToken }, async (table, token) => await work(table, token));

    private async Task<JsonNode> SettingsAsync(CancellationToken cancellationToken) =>
        TableSettings.Of((await Sandbox.Control.StateAsync(cancellationToken)).AsObject());

    /// <summary>
    /// Deletions of live tables as AWS itself counts them: every deletion of a table with point-in-time recovery leaves one system backup.
    /// A table that was deleted twice would show here, whatever the journal says.
    /// </summary>
    private async Task<int> DeletionsAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        var count = 0;
        var request = new ListBackupsRequest { BackupType = BackupTypeFilter.SYSTEM };
        do
        {
            var page = await _dynamo.ListBackupsAsync(request, cancellationToken);
            count += page.BackupSummaries?.Count(backup => tables.Contains(backup.TableName, StringComparer.Ordinal)) ?? 0;
            request.ExclusiveStartBackupArn = page.LastEvaluatedBackupArn;
        }
        while (request.ExclusiveStartBackupArn is not null);
        return count;
    }

    private async Task CreateKeysAsync(ReleaseSpec release, CancellationToken cancellationToken)
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
        await _kube.CreateAsync($"api/v1/namespaces/{Namespace}/secrets", secret, cancellationToken);
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        // In real time: a machine that is busy is not a release that does not come up.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        foreach (var release in Releases)
        {
            while (await ReadyAsync(release, patience.Token) < release.Replicas)
            {
                await Sandbox.DelayAsync(TimeSpan.FromSeconds(2), patience.Token);
            }
        }
    }

    private async Task<int> ReadyAsync(ReleaseSpec release, CancellationToken cancellationToken)
    {
        var deployment = await _kube.GetAsync($"apis/apps/v1/namespaces/{Namespace}/deployments/{release.Deployment}", cancellationToken);
        return (int?)deployment["status"]?["readyReplicas"] ?? 0;
    }

    private Task StartWriterAsync(bool resumes, CancellationToken cancellationToken)
    {
        var release = Releases[0];
        var tables = Tables.Where(table => table.Name.StartsWith(release.Prefix, StringComparison.Ordinal) && !table.Metadata);
        return Sandbox.Control.StartWriterAsync(
            new JsonObject
            {
                ["namespace"] = Namespace,
                ["labels"] = new JsonObject(release.PodLabels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
                ["tables"] = new JsonArray([.. tables.Select(table => (JsonNode)table.Name)]),
                ["intervalSeconds"] = 2,
                ["mode"] = "put",
                ["resumes"] = resumes,
            },
            cancellationToken);
    }
}
