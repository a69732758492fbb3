using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using ScalarRestore.Engine;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Integration.Tests.Drill;

namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary>A world that the drill has staged and spoilt, ready to be restored, and an engine that is led to it.</summary>
public sealed class StagedWorld : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalar-staged-").FullName;
    private Process? _drill;
    private JsonObject _staged = [];
    private HttpClient? _control;
    private int _journals;

    internal RestoreEngine Engine { get; private set; } = new(new EngineSettings(TimeProvider.System));

    public string Namespace => (string)_staged["namespace"]!;

    public IReadOnlyList<string> Tables => [.. _staged["tables"]!.AsArray().Select(table => (string)table!)];

    /// <summary>The middle of the pause.</summary>
    public DateTimeOffset RestoreTime { get; private set; }

    public KubernetesConnection Connection => new() { KubeConfigPath = Variable("KUBECONFIG") };

    public KubernetesConnection ReadOnlyConnection => new() { KubeConfigPath = Variable("KUBECONFIG") + "-readonly" };

    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments = ["exec", DrillProgram.Assembly, "--stage", "--quick", "--engine", "record", "--tables", "1", "--items", "12", "--time-scale", "600"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        _drill = Process.Start(start) ?? throw new InvalidOperationException("The drill did not start.");
        string? line;
        do
            line = await _drill.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The drill ended before the world was staged.");
        while (!line.StartsWith('{'));
        _staged = JsonNode.Parse(line)!.AsObject();

        Clock = EngineSettings.ReadClock(Variable(EngineSettings.SandboxClockVariable), Variable("AWS_ENDPOINT_URL"));
        Engine = EngineWith(Variable("AWS_SECRET_ACCESS_KEY"));
        RestoreTime = DateTimeOffset.FromUnixTimeMilliseconds(((long)_staged["pauseStartMs"]! + (long)_staged["pauseEndMs"]!) / 2);
        _control = new HttpClient { BaseAddress = new Uri(Variable("SCALARRESTORE_SANDBOX_CONTROL")) };

        // The application is idle, so that two looks at the world can be compared.
        (await _control.DeleteAsync(new Uri("writer", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        _control?.Dispose();
        if (_drill is not null)
        {
            _drill.StandardInput.Close();
            await _drill.WaitForExitAsync();
            _drill.Dispose();
        }

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
    public Task<string> StateAsync() => _control!.GetStringAsync("state?volatile=false");

    /// <summary>Calls that could have changed something, after a sequence number.</summary>
    public async Task<IReadOnlyList<string>> WritesAsync(int since) =>
        [.. JsonNode.Parse(await _control!.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"calls?since={since}")))!.AsArray()
            .Where(call => (bool)call!["isWrite"]!)
            .Select(call => $"{call!["service"]} {call["operation"]} {call["resource"]}")];

    /// <summary>The number of the last call.</summary>
    public async Task<int> LastCallAsync() =>
        JsonNode.Parse(await _control!.GetStringAsync("calls"))!.AsArray() is { Count: > 0 } calls ? (int)calls[^1]!["sequence"]! : 0;

    internal Task<IReadOnlyList<ScalarWorkload>> FindAsync(IHostLink host, params string[] names) =>
        Engine.GetWorkloadsAsync(new WorkloadQuery { Connection = Connection, Namespace = Namespace, Names = names }, host, CancellationToken.None);

    internal async Task<RestoreRun> StopAsync(IHostLink host, string journal, params string[] names) =>
        await Engine.StopWorkloadsAsync(
            new StopRequest { Workloads = await FindAsync(host, names), Engine = WorkloadEngine.Record, JournalPath = journal, Timeout = TimeSpan.FromHours(5) },
            host,
            CancellationToken.None);

    private string Variable(string name) => (string)_staged["environment"]![name]!;
}
