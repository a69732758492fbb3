using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using ScalarRestore.Engine;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Procedures;

namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary>A world that the drill has staged and spoilt, ready to be restored, and an engine that is led to it.</summary>
public sealed class StagedWorld : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalar-staged-").FullName;
    private StagedDrill? _drill;
    private int _journals;

    internal RestoreEngine Engine { get; private set; } = new(new EngineSettings(TimeProvider.System));

    public string Namespace => Drill.Namespace;

    public IReadOnlyList<string> Tables => [.. Drill.Staged["tables"]!.AsArray().Select(table => (string)table!)];

    /// <summary>The middle of the pause.</summary>
    public DateTimeOffset RestoreTime => Drill.RestoreTime;

    public KubernetesConnection Connection => new() { KubeConfigPath = Variable("KUBECONFIG") };

    public KubernetesConnection ReadOnlyConnection => new() { KubeConfigPath = Variable("KUBECONFIG") + "-readonly" };

    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    public async Task InitializeAsync()
    {
        _drill = await StagedDrill.StartAsync("--tables", "1", "--time-scale", "600");
        Clock = EngineSettings.ReadClock(Variable(EngineSettings.SandboxClockVariable), Variable("AWS_ENDPOINT_URL"));
        Engine = EngineWith(Variable("AWS_SECRET_ACCESS_KEY"));

        // The application is idle, so that two looks at the world can be compared.
        (await Drill.Control.DeleteAsync(new Uri("writer", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        if (_drill is not null)
            await _drill.DisposeAsync();

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>An engine with another secret key.</summary>
    internal RestoreEngine EngineWith(string secretKey) => new(new EngineSettings(Clock)
    {
        Aws = new AwsClientSettings { EndpointUrl = new Uri(Variable("AWS_ENDPOINT_URL")), Credentials = new BasicAWSCredentials(Variable("AWS_ACCESS_KEY_ID"), secretKey) },
    });

    /// <summary>A folder for the journal of one test.</summary>
    public string NewJournal() => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"j{Interlocked.Increment(ref _journals)}"));

    /// <summary>All state of cluster and clouds, as text that can be compared.</summary>
    public Task<string> StateAsync() => Drill.Control.GetStringAsync("state?volatile=false");

    /// <summary>Calls that could have changed something, after a sequence number.</summary>
    public async Task<IReadOnlyList<string>> WritesAsync(int since) =>
        [.. JsonNode.Parse(await Drill.Control.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"calls?since={since}")))!.AsArray()
            .Where(call => (bool)call!["isWrite"]!)
            .Select(call => $"{call!["service"]} {call["operation"]} {call["resource"]}")];

    /// <summary>The number of the last call.</summary>
    public async Task<int> LastCallAsync() =>
        JsonNode.Parse(await Drill.Control.GetStringAsync("calls"))!.AsArray() is { Count: > 0 } calls ? (int)calls[^1]!["sequence"]! : 0;

    internal Task<IReadOnlyList<ScalarWorkload>> FindAsync(IHostLink host, params string[] names) =>
        Engine.GetWorkloadsAsync(new WorkloadQuery { Connection = Connection, Namespace = Namespace, Names = names }, host, CancellationToken.None);

    internal async Task<RestoreRun> StopAsync(IHostLink host, string journal, params string[] names) =>
        await Engine.StopWorkloadsAsync(
            new StopRequest { Workloads = await FindAsync(host, names), Engine = WorkloadEngine.Record, JournalPath = journal, Timeout = TimeSpan.FromHours(5) },
            host,
            CancellationToken.None);

    private StagedDrill Drill => _drill ?? throw new InvalidOperationException("The world has not been staged.");

    private string Variable(string name) => Drill.Variable(name);
}
