using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>A sandbox that is faster than real time, a client of the engine's, and the real helm.</summary>
public sealed class WorkloadWorld : IAsyncLifetime
{
    private SandboxProcess? _sandbox;
    private int _namespaces;

    /// <summary>How many times faster.</summary>
    public int Scale { get; init; } = 20;

    public SandboxProcess Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox has not been started.");

    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    internal List<string> Log { get; } = [];

    public static string ChartsFolder => Path.Combine(TestPaths.TestsFolder, "data", "charts");

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxProcess.StartAsync("--time-scale", $"{Scale}");
        Clock = new ScaledTimeProvider(_sandbox.Clock.Origin, Scale, _sandbox.Clock.OriginTimestamp);
    }

    public async Task DisposeAsync()
    {
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
    }

    internal IKubernetesClient Client(ServiceMode mode = ServiceMode.ReadWrite, string? kubeconfig = null) => KubernetesClientFactory.Create(
        new KubernetesConnection { KubeConfigPath = kubeconfig ?? Sandbox.KubeconfigPath }, mode, Clock);

    public async Task<string> NewNamespaceAsync()
    {
        var name = $"work-{Interlocked.Increment(ref _namespaces)}";
        using var client = Client();
        await client.CreateAsync(KubeResource.Namespaces, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }, CancellationToken.None);
        return name;
    }

    public Task<ToolResult> HelmAsync(params string[] arguments) =>
        Tool.RunAsync("helm", arguments, new Dictionary<string, string?>(StringComparer.Ordinal) { ["KUBECONFIG"] = Sandbox.KubeconfigPath });

    /// <summary>Installs one of the test charts and waits until its pods are ready.</summary>
    public async Task InstallAsync(string ns, string release, string chart, params string[] extra)
    {
        // The Auditor's pods mount their keys.
        using var client = Client();
        if (chart == "scalardl-audit")
            await client.CreateAsync(KubeResource.Secrets, ns, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "auditor-keys" } }, CancellationToken.None);

        (await HelmAsync(["install", release, Path.Combine(ChartsFolder, chart), "-n", ns, "--wait", "--timeout", "1m", .. extra])).Succeeded();
    }

    internal async Task<ScalarWorkload> FindAsync(string ns, string release)
    {
        using var client = Client(ServiceMode.ReadOnly);
        return Assert.Single(await new WorkloadFinder(client, Clock).FindAsync(new WorkloadQuery { Namespace = ns, Names = [release] }, CancellationToken.None));
    }

    internal static RunWorkload Run(ScalarWorkload workload, WorkloadEngine engine) => new()
    {
        Before = workload,
        OriginalReplicas = workload.Replicas,
        Engine = engine,
        ChartReference = engine == WorkloadEngine.Helm ? Path.Combine(ChartsFolder, workload.Chart) : null,
    };

    internal Task StopAsync(RunWorkload run, TimeSpan? timeout = null) =>
        RunAsync(WorkloadPlanner.StopSteps([run], timeout ?? TimeSpan.FromMinutes(10)));

    internal Task StartAsync(RunWorkload run, TimeSpan? timeout = null) =>
        RunAsync(WorkloadPlanner.StartSteps([run], TimeSpan.FromSeconds(20), timeout ?? TimeSpan.FromMinutes(10)));

    /// <summary>Runs steps one after the other, as a run would that journals nothing.</summary>
    internal async Task<Dictionary<string, JsonObject>> RunAsync(IEnumerable<PlannedStep> steps, IKubernetesClient? through = null, IReleaseValuesSource? values = null)
    {
        using var own = through is null ? Client() : null;
        var helm = Tool.Find("helm") is { } path ? new HelmProgram(path) : null;
        var handlers = WorkloadHandlers.All(through ?? own!, helm, Clock, values).ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        var evidence = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var step in steps)
            evidence[step.Key] = await handlers[step.Kind].EnsureAsync(Context(step), CancellationToken.None);

        return evidence;
    }

    internal StepContext Context(PlannedStep step, string? operationId = null, string runId = "20260101-000000-abcd") => new(
        step,
        runId,
        "Resume-ScalarRestore",
        Clock.GetUtcNow(),
        operationId,
        _ => null,
        (_, _) => Task.CompletedTask,
        (status, _) => Log.Add(status),
        Log.Add,
        new Poller(Clock, new Random(1)));

    internal static ReleaseScale Scaling(PlannedStep step) => step.Input.Deserialize<ReleaseScale>(PlanJson.Options)!;
}
