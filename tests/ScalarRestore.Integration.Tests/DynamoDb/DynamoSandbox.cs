using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>A sandbox process of its own per test class, fifty times as fast as real time.</summary>
public sealed class DynamoSandbox : IAsyncLifetime
{
    private SandboxProcess? _process;
    private AmazonDynamoDBClient? _raw;

    internal SandboxProcess Process => _process ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>A client of the test's own, which no code under test has touched.</summary>
    internal AmazonDynamoDBClient Raw => _raw ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>The engine's clock, in step with the sandbox.</summary>
    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>Waits that suit a sandbox whose operations take a second or two.</summary>
    internal static DynamoDbTimings Timings { get; } = new()
    {
        RestoreAtLeast = TimeSpan.FromSeconds(2),
        EarlyPoll = TimeSpan.FromSeconds(1),
        BackupSettle = TimeSpan.FromSeconds(1),
        Poll = TimeSpan.FromSeconds(1),
        ShortPoll = TimeSpan.FromSeconds(1),
    };

    public async Task InitializeAsync()
    {
        _process = await SandboxProcess.StartAsync("--time-scale", "50");
        Clock = new ScaledTimeProvider(_process.Clock.Origin, _process.Clock.Scale, _process.Clock.OriginTimestamp);
        _raw = new AmazonDynamoDBClient(Credentials, new AmazonDynamoDBConfig { ServiceURL = _process.AwsEndpoint.AbsoluteUri, AuthenticationRegion = _process.AwsRegion });
    }

    public async Task DisposeAsync()
    {
        _raw?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private BasicAWSCredentials Credentials => new(Process.AwsAccessKeyId, Process.AwsSecretAccessKey);

    internal AwsClientFactory Factory(IAwsCallObserver? observer = null, TimeSpan? callTimeout = null) => new(
        new AwsClientSettings
        {
            EndpointUrl = Process.AwsEndpoint,
            Credentials = Credentials,
            Observer = observer,
            CallTimeout = callTimeout ?? TimeSpan.FromSeconds(20),
        },
        Clock);

    internal DynamoDbProvider Provider(AwsClientFactory factory, IWriterFence? fence = null, ServiceMode mode = ServiceMode.ReadWrite, DynamoDbTimings? timings = null) =>
        new(factory, fence, Clock, mode, timings ?? Timings);

    internal DatabaseQuery Query(params string[] tables) => new() { Selection = new DatabaseSelection { TableNames = tables, Region = Process.AwsRegion } };

    internal static RestoreIntent Intent(DateTimeOffset time, string runId = "20260101-000000-ab12") => new()
    {
        RunId = runId,
        RestoreTime = time,
        Timeout = TimeSpan.FromMinutes(20),
    };
}
