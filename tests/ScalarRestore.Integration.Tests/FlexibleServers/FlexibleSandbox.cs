using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.FlexibleServers;
using ScalarRestore.Engine.Running;
using ScalarRestore.Integration.Tests.Cosmos;

namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>A sandbox process of its own per test class, a hundred times as fast as real time, and flexible servers in it.</summary>
public sealed class FlexibleSandbox : IAsyncLifetime
{
    /// <summary>The run of these tests.</summary>
    internal const string Run = "20260101-000000-ab12";

    internal const string Identity = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/keys";

    private SandboxProcess? _process;
    private bool _isOwner;
    private HttpClientTransport? _transport;
    private IArmClient? _raw;
    private SentBodies? _sent;

    internal SandboxProcess Process => _process ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>What was sent that is no GET.</summary>
    internal SentBodies Sent => _sent ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>The engine's clock, in step with the sandbox.</summary>
    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>Looks into the sandbox, and changes it, past the engine.</summary>
    internal IArmClient Raw => _raw ?? throw new InvalidOperationException("The sandbox has not started.");

    public async Task InitializeAsync()
    {
        _isOwner = true;
        await ConnectAsync(await SandboxProcess.StartAsync("--time-scale", "100"));
    }

    /// <summary>The servers of a sandbox that belongs to somebody else.</summary>
    internal static async Task<FlexibleSandbox> OfAsync(SandboxProcess process)
    {
        var sandbox = new FlexibleSandbox();
        await sandbox.ConnectAsync(process);
        return sandbox;
    }

    private async Task ConnectAsync(SandboxProcess process)
    {
        _process = process;
        Clock = new ScaledTimeProvider(_process.Clock.Origin, _process.Clock.Scale, _process.Clock.OriginTimestamp);
        _sent = new SentBodies(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(_process.CaFile)) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
        _transport = new HttpClientTransport(_sent);
        _raw = Factory().For(new AzureConnection(), ServiceMode.ReadWrite);
        await _process.Control.SendAsync(HttpMethod.Put, "azure/groups/rg", """{"location":"japaneast"}""");
    }

    public async Task DisposeAsync()
    {
        _transport?.Dispose();
        _sent?.Dispose();
        if (_isOwner && _process is not null)
            await _process.DisposeAsync();
    }

    internal ArmClientFactory Factory(IArmCallObserver? observer = null) => new(Settings with { Observer = observer }, Clock, _ => { });

    /// <summary>Leads an engine to the sandbox.</summary>
    internal ArmClientSettings Settings => new()
    {
        Cloud = ArmCloud.Custom(Process.ArmUrl.AbsoluteUri, (string)Process.Ready["azure"]!["audience"]!),
        Transport = _transport,
        Credential = new SandboxIdentity(new Uri(Process.AzureEnvironment["MSI_ENDPOINT"]!)),
        CallTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Waits that suit a sandbox whose operations take a second or two.</summary>
    internal static FlexibleTimings Timings { get; } = new() { Poll = TimeSpan.FromSeconds(1), ShortPoll = TimeSpan.FromSeconds(0.3), BackupLag = TimeSpan.FromSeconds(5) };

    internal FlexibleServerProvider Provider(string engine, ArmClientFactory? factory = null)
    {
        var clients = factory ?? Factory();
        return new(FlexibleEngine.ByWord(engine), () => clients, Clock, ServiceMode.ReadWrite, new AzureConnection(), Timings);
    }

    internal string Id(string engine, string server) =>
        $"/subscriptions/{Process.AzureSubscriptionId}/resourceGroups/rg/providers/{FlexibleEngine.ByWord(engine).ServerType}/{server}";

    internal DatabaseQuery Query(string engine, string server) => new() { Selection = new DatabaseSelection { Identifiers = [Id(engine, server)] } };

    internal static DatabaseQuery Query(params string[] urls) => new() { Workloads = [Workload([.. urls.Select(url => new WorkloadStorage { Storage = "jdbc", ContactPoints = url })])] };

    internal static RestoreIntent Intent(DateTimeOffset time) => new() { RunId = Run, RestoreTime = time, Timeout = TimeSpan.FromHours(6) };

    /// <summary>Captures and runs a whole restore to now.</summary>
    internal async Task<(PlanRun Run, FlexibleServerProvider Provider)> RestoreAsync(string engine, string server)
    {
        var provider = Provider(engine);
        var run = new PlanRun(await provider.CaptureAsync(Query(engine, server), Intent(await PointAsync()), CancellationToken.None), Run, Clock);
        await run.RunAsync(provider);
        return (run, provider);
    }

    /// <summary>Makes a server; what is not said of it is as a new one has it.</summary>
    internal Task MakeAsync(string engine, string name, string more = "") => Process.Control.SendAsync(
        HttpMethod.Put,
        $"azure/{engine}/servers/{name}",
        $$"""{"group":"rg","location":"japaneast","createdAt":"{{Utc(Clock.GetUtcNow().AddDays(-2))}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""");

    /// <summary>Makes a server on which everything is set otherwise than a new one has it.</summary>
    internal Task MakeRichAsync(string engine, string name) => MakeAsync(engine, name, Rich(engine));

    /// <summary>The server's description as the service gives it.</summary>
    internal Task<JsonObject> ServerAsync(string engine, string name) => Raw.GetAsync(Id(engine, name), CancellationToken.None);

    /// <summary>The items of a list below a server.</summary>
    internal Task<IReadOnlyList<JsonObject>> ListAsync(string engine, string name, string what) => Raw.ListAsync($"{Id(engine, name)}/{what}", CancellationToken.None);

    /// <summary>A whole second that backups reach already.</summary>
    internal async Task<DateTimeOffset> PointAsync()
    {
        var point = DateTimeOffset.FromUnixTimeSeconds(Clock.GetUtcNow().ToUnixTimeSeconds() + 1);
        await Task.Delay(TimeSpan.FromSeconds(7), Clock);
        return point;
    }

    internal static ScalarWorkload Workload(IReadOnlyList<WorkloadStorage> storages) => new()
    {
        Name = "app",
        Namespace = "default",
        Product = ScalarProduct.Server,
        Chart = "scalardb",
        ChartVersion = "2.5.0",
        Revision = 1,
        ReleaseStatus = "deployed",
        Deployment = "app-scalardb",
        Replicas = 1,
        ReadyReplicas = 1,
        Pods = 1,
        Cluster = "sandbox",
        Connection = new KubernetesConnection(),
        Storages = storages,
    };

    private static string Rich(string engine) => engine == "mysql"
        ? $$$$$$"""
          "tags":{"team":"orders","cost":"42"},
          "identity":{"type":"UserAssigned","userAssignedIdentities":{"{{{{{{Identity}}}}}}":{}}},
          "properties":{
            "availabilityZone":"2","maintenanceWindow":{"customWindow":"Enabled","dayOfWeek":3,"startHour":4,"startMinute":30},
            "backup":{"backupRetentionDays":21,"geoRedundantBackup":"Enabled"},"storage":{"autoGrow":"Disabled","autoIoScaling":"Enabled"},
            "highAvailability":{"mode":"ZoneRedundant","standbyAvailabilityZone":"3"}},
          "firewallRules":{"office":{"startIpAddress":"203.0.113.7","endIpAddress":"203.0.113.9"},"cluster":{"startIpAddress":"198.51.100.1","endIpAddress":"198.51.100.1"}},
          "configurations":{"time_zone":"+09:00","wait_timeout":"600","performance_schema":"ON"},
          "administrators":{"ActiveDirectory":{"administratorType":"ActiveDirectory","login":"dba","sid":"aaaa","tenantId":"tttt","identityResourceId":"{{{{{{Identity}}}}}}"}},
          "databases":{"app":{"orders":{"1":{"v":1}}}}
          """
        : $$$$$$"""
          "tags":{"team":"orders","cost":"42"},
          "identity":{"type":"UserAssigned","userAssignedIdentities":{"{{{{{{Identity}}}}}}":{}}},
          "properties":{
            "availabilityZone":"2","maintenanceWindow":{"customWindow":"Enabled","dayOfWeek":3,"startHour":4,"startMinute":30},
            "backup":{"backupRetentionDays":21,"geoRedundantBackup":"Enabled"},"storage":{"autoGrow":"Enabled"},
            "authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Enabled","tenantId":"tttt"},
            "highAvailability":{"mode":"ZoneRedundant","standbyAvailabilityZone":"3"}},
          "firewallRules":{"office":{"startIpAddress":"203.0.113.7","endIpAddress":"203.0.113.9"},"cluster":{"startIpAddress":"198.51.100.1","endIpAddress":"198.51.100.1"}},
          "configurations":{"max_connections":"200","work_mem":"8192","azure.extensions":"pgcrypto"},
          "administrators":{"oid-1":{"objectId":"oid-1","principalType":"Group","principalName":"dba","tenantId":"tttt"},"oid-2":{"objectId":"oid-2","principalType":"User","principalName":"eve","tenantId":"tttt"}},
          "databases":{"app":{"orders":{"1":{"v":1}}}}
          """;

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
