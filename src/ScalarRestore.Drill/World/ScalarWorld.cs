using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Databases;
using ScalarRestore.Drill.Databases.Azure;
using ScalarRestore.Drill.Databases.CosmosDb;
using ScalarRestore.Drill.Databases.DynamoDb;
using ScalarRestore.Drill.Databases.FlexibleServers;
using ScalarRestore.Drill.Databases.Rds;
using ScalarRestore.Drill.Restore;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.World;

/// <summary>A sandbox with releases, their databases and their data: what a drill restores, and what it looks at to prove it.</summary>
internal sealed class ScalarWorld : IAsyncDisposable
{
    /// <summary>The namespace of the releases.</summary>
    public const string Namespace = "default";

    private readonly DrillOptions _options;
    private readonly KubeApi _kube;
    private readonly ReleaseReader _reader;

    private ScalarWorld(DrillOptions options, SandboxChild sandbox, string folder)
    {
        _options = options;
        Sandbox = sandbox;
        Folder = folder;
        _kube = new KubeApi((string)sandbox.Ready["kubernetes"]!["kubeconfig"]!);
        Helm = options.Engine == WorkloadEngine.Record ? null : HelmInstaller.Find();
        Releases = [.. options.Server ? [ReleaseSpec.Server] : Array.Empty<ReleaseSpec>(), .. options.Ledger ? [ReleaseSpec.Ledger, ReleaseSpec.Auditor] : Array.Empty<ReleaseSpec>()];
        _reader = new ReleaseReader(_kube, Namespace);
        Databases = MakeDatabases(options, sandbox, Releases);
    }

    /// <summary>The sandbox.</summary>
    public SandboxChild Sandbox { get; }

    /// <summary>A folder that goes with the world.</summary>
    public string Folder { get; }

    /// <summary>The helm program; null where releases are changed in process.</summary>
    public string? Helm { get; }

    /// <summary>The releases.</summary>
    public IReadOnlyList<ReleaseSpec> Releases { get; }

    /// <summary>Their databases.</summary>
    public IWorldDatabases Databases { get; }

    /// <summary>Whether a Secret feeds any release.</summary>
    public bool HasSecret => Releases.Any(IsFed);

    /// <summary>The values files that helm installed the releases from, in its order; none where there is no helm.</summary>
    public IReadOnlyList<string> ValuesFiles => Helm is null ? [] : [.. Releases.Select(ValuesFile)];

    /// <summary>Starts a sandbox, makes databases with known data, and installs the releases.</summary>
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
        ValuesFiles = Databases.MovesEndpoints ? ValuesFiles : [],
        FromRelease = Databases.MovesEndpoints && Helm is null,
        UpdateSecret = HasSecret,
        OnAzure = _options.OnAzure,
        Until = RestorePhase.Started,
        Verbose = _options.Verbose,
    };

    /// <summary>Lets the application write for a while.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        await Databases.StartWritingAsync(resumes: false, cancellationToken);
        await Sandbox.DelayAsync(TimeSpan.FromSeconds(30), cancellationToken);
    }

    /// <summary>Pauses the application, and notes the window and everything in the databases.</summary>
    public async Task<PauseNotes> PauseAsync(CancellationToken cancellationToken)
    {
        await Databases.StopWritingAsync(cancellationToken);
        var start = Sandbox.Now;
        await Sandbox.DelayAsync(TimeSpan.FromSeconds(5), cancellationToken);
        var databases = await Databases.NoteAsync(cancellationToken);
        await Sandbox.DelayAsync(TimeSpan.FromSeconds(5), cancellationToken);
        return new PauseNotes(start, Sandbox.Now, databases);
    }

    /// <summary>Puts a writer in wait that writes the moment that a pod of the application comes back.</summary>
    public Task WatchForWritersAsync(CancellationToken cancellationToken) => Databases.StartWritingAsync(resumes: true, cancellationToken);

    /// <summary>Releases that do not have as many ready pods as they had.</summary>
    public async Task<IReadOnlyList<string>> PodFaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var release in Releases)
        {
            var ready = await _reader.ReadyPodsAsync(release, cancellationToken);
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
        Databases.Dispose();
        _kube.Dispose();
        await Sandbox.DisposeAsync();
        if (!_options.Keep)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private IWorldDatabases MakeDatabases(DrillOptions options, SandboxChild sandbox, IReadOnlyList<ReleaseSpec> releases) => options.Database switch
    {
        DatabaseChoice.DynamoDb => new DynamoDbDatabases(options, sandbox, releases[0]),
        DatabaseChoice.CosmosDb => OnAzure(options, sandbox, releases, (child, azure) => new CosmosKind(child, azure)),
        DatabaseChoice.MySql => OnAzure(options, sandbox, releases, (child, azure) => new ServerKind(child, azure, isMySql: true, RandomNumberGenerator.GetHexString(24))),
        DatabaseChoice.PostgreSql => OnAzure(options, sandbox, releases, (child, azure) => new ServerKind(child, azure, isMySql: false, RandomNumberGenerator.GetHexString(24))),
        DatabaseChoice.All => new AllDatabases(
        [
            Part("dynamodb", DatabaseChoice.DynamoDb, ReleaseSpec.Server),
            Part("cosmosdb", DatabaseChoice.CosmosDb, ReleaseSpec.Server),
            Part("rds", DatabaseChoice.Mixed, ReleaseSpec.Ledger, ReleaseSpec.Auditor),
            Part("mysql", DatabaseChoice.MySql, ReleaseSpec.Ledger),
            Part("postgresql", DatabaseChoice.PostgreSql, ReleaseSpec.Auditor),
        ]),
        _ => new RdsDatabases(options, sandbox, releases, ReadEndpointsAsync),
    };

    private WorldPart Part(string name, DatabaseChoice choice, params ReleaseSpec[] releases) => new(
        name,
        MakeDatabases(_options with { Database = choice, Server = releases.Contains(ReleaseSpec.Server), Ledger = releases.Contains(ReleaseSpec.Ledger) }, Sandbox, releases),
        releases);

    private AzureDatabases OnAzure(DrillOptions options, SandboxChild sandbox, IReadOnlyList<ReleaseSpec> releases, Func<SandboxChild, AzureApi, AzureKind> kind) =>
        new(options, sandbox, releases, ReadEndpointsAsync, kind);

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        await Databases.MakeAsync(cancellationToken);
        foreach (var release in Releases)
        {
            if (release.KeySecret is { } keys)
            {
                await CreateSecretAsync(keys, new Dictionary<string, string>(StringComparer.Ordinal) { ["certificate"] = "drill", ["private-key"] = "drill" }, cancellationToken);
            }

            var (properties, isFed) = (Databases.Properties(release), IsFed(release));
            if (isFed)
            {
                await CreateSecretAsync(release.FeedSecret, Databases.Variables(release), cancellationToken);
            }

            await (Helm is null
                ? new ReleaseInstaller(_kube, Namespace).InstallAsync(release, properties, isFed, cancellationToken)
                : new HelmInstaller(Helm, Namespace, Sandbox.Environment).InstallAsync(release, properties, isFed, ValuesFile(release), cancellationToken));
        }

        await UntilReadyAsync(cancellationToken);
    }

    private bool IsFed(ReleaseSpec release) => Databases.Variables(release).Count > 0;

    private string ValuesFile(ReleaseSpec release) => Path.Combine(Folder, $"{release.Name}-values.yaml");

    // Each text in which a release's endpoint stands: what its pods mount, and what it was or will be installed from.
    private async Task<ReleaseEndpoints> ReadEndpointsAsync(ReleaseSpec release, CancellationToken cancellationToken) => new(
        await _reader.PropertiesAsync(release, cancellationToken),
        await _reader.ValuesAsync(release, cancellationToken),
        Helm is null ? null : await File.ReadAllTextAsync(ValuesFile(release), cancellationToken),
        IsFed(release) ? await _reader.VariablesAsync(release, cancellationToken) : null);

    private Task CreateSecretAsync(string name, IReadOnlyDictionary<string, string> data, CancellationToken cancellationToken) => _kube.CreateAsync(
        $"api/v1/namespaces/{Namespace}/secrets",
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "Opaque",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["stringData"] = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        },
        cancellationToken);

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        // In real time: a machine that is busy is not a release that does not come up.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        foreach (var release in Releases)
        {
            while (await _reader.ReadyPodsAsync(release, patience.Token) < release.Replicas)
            {
                await Sandbox.DelayAsync(TimeSpan.FromSeconds(2), patience.Token);
            }
        }
    }
}
