using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Integration.Tests.Procedures;
using ScalarRestore.Integration.Tests.Workloads;

namespace ScalarRestore.Integration.Tests.Values;

/// <summary>Releases over JDBC and Cosmos DB that helm installed from values files, and an engine that is led to their cluster.</summary>
public sealed class ValuesWorld : IAsyncLifetime
{
    public const string Old = "old-db.cluster-c1.eu-west-1.rds.amazonaws.com";
    public const string New = "restored-db.cluster-c1.eu-west-1.rds.amazonaws.com";
    public const string Canary = "canary-pw-7f3a";

    private readonly string _folder = Directory.CreateTempSubdirectory("scalar-values-").FullName;
    private int _files;

    // The engine looks for helm on PATH, and the tests' own lies elsewhere.
    static ValuesWorld()
    {
        if (Tool.Find("helm") is { } helm)
            Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(helm) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
    }

    public WorkloadWorld Workloads { get; } = new() { Scale = 100 };

    internal RestoreEngine Engine => new(new EngineSettings(Workloads.Clock));

    internal KubernetesConnection Connection => new() { KubeConfigPath = Workloads.Sandbox.KubeconfigPath };

    internal static EndpointChange Change { get; } = new() { Old = Old, New = New };

    public Task InitializeAsync() => Workloads.InitializeAsync();

    public async Task DisposeAsync()
    {
        await Workloads.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A values file with a property block.</summary>
    public string Values(string root, string key, string? points = null, string more = "", string storage = "jdbc", string password = Canary) => Write("yaml", $"""
        # Ours; the old endpoint was {Old}
        {root}:
          replicaCount: 2   # two will do
          {key}: |
            # the database
            scalar.db.storage={storage}
            scalar.db.contact_points={points ?? $"jdbc:mysql://{Old}:3306/app"}
            scalar.db.username=admin
            scalar.db.password={password}
        {more}
        """);

    public string Write(string extension, string text)
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _files)}.{extension}"));
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    public string NewJournal() => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"j{Interlocked.Increment(ref _files)}"));

    public async Task<string> SecretAsync(string ns, string name, params (string Key, string Value)[] data)
    {
        using var client = Workloads.Client();
        var body = new JsonObject();
        foreach (var (key, value) in data)
            body[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

        await client.CreateAsync(KubeResource.Secrets, ns, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["data"] = body }, CancellationToken.None);
        return name;
    }

    public async Task<string> SecretValueAsync(string ns, string name, string key)
    {
        using var client = Workloads.Client();
        var secret = await client.GetAsync(KubeResource.Secrets, ns, name, CancellationToken.None);
        return Encoding.UTF8.GetString(Convert.FromBase64String((string)secret["data"]![key]!));
    }

    public async Task<string> PropertiesAsync(string ns, string map)
    {
        using var client = Workloads.Client();
        var found = await client.GetAsync(KubeResource.ConfigMaps, ns, map, CancellationToken.None);
        return string.Join('\n', found["data"]!.AsObject().Select(pair => (string)pair.Value!));
    }

    internal async Task<RestoreRun> StopAsync(RecordingHost host, string ns, WorkloadEngine engine, string journal, params string[] names)
    {
        var found = await Engine.GetWorkloadsAsync(new WorkloadQuery { Connection = Connection, Namespace = ns, Names = names }, host, CancellationToken.None);
        return await Engine.StopWorkloadsAsync(
            new StopRequest { Workloads = found, Engine = engine, ChartSource = WorkloadWorld.ChartsFolder, JournalPath = journal, Timeout = TimeSpan.FromMinutes(20) },
            host,
            CancellationToken.None);
    }

    internal Task<ValuesUpdate> UpdateAsync(RecordingHost host, UpdateValuesRequest request) => Engine.UpdateValuesAsync(request, host, CancellationToken.None);

    internal Task<RestoreRun> StartAsync(RecordingHost host, RestoreRun run) => Engine.StartWorkloadsAsync(
        new StartRequest { Run = run, StableFor = TimeSpan.FromSeconds(20), Timeout = TimeSpan.FromMinutes(20) }, host, CancellationToken.None);
}
