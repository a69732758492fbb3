using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.CosmosDb;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>A sandbox process of its own per test class, a hundred times as fast as real time, and accounts of Cosmos DB in it.</summary>
public sealed class CosmosSandbox : IAsyncLifetime
{
    /// <summary>The run of these tests.</summary>
    internal const string Run = "20260101-000000-ab12";

    private SandboxProcess? _process;
    private bool _owned;
    private HttpClientTransport? _transport;
    private IArmClient? _raw;

    internal SandboxProcess Process => _process ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>The engine's clock, in step with the sandbox.</summary>
    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>Looks into the sandbox, and changes it, past the engine.</summary>
    internal IArmClient Raw => _raw ?? throw new InvalidOperationException("The sandbox has not started.");

    public async Task InitializeAsync()
    {
        _owned = true;
        await AttachAsync(await SandboxProcess.StartAsync("--time-scale", "100"));
    }

    /// <summary>Looks into a sandbox that is somebody else's.</summary>
    internal async Task AttachAsync(SandboxProcess process)
    {
        _process = process;
        Clock = new ScaledTimeProvider(_process.Clock.Origin, _process.Clock.Scale, _process.Clock.OriginTimestamp);
        _transport = new HttpClientTransport(new SocketsHttpHandler
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
        _raw = Factory().For(new AzureConnection(), ServiceMode.ReadWrite);
        await _process.Control.SendAsync(HttpMethod.Put, "azure/groups/rg", """{"location":"westus"}""");
    }

    public async Task DisposeAsync()
    {
        _transport?.Dispose();
        if (_owned && _process is not null)
            await _process.DisposeAsync();
    }

    internal ArmClientFactory Factory(IArmCallObserver? observer = null) => new(Settings with { Observer = observer }, Clock, _ => { });

    /// <summary>How the sandbox is reached, and signed in to as its managed identity.</summary>
    internal ArmClientSettings Settings => new()
    {
        Cloud = ArmCloud.Custom(Process.ArmUrl.AbsoluteUri, Audience),
        Transport = _transport,
        Credential = Identity,
        CallTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>The sandbox's managed identity.</summary>
    internal SandboxIdentity Identity => new(new Uri(Process.AzureEnvironment["MSI_ENDPOINT"]!));

    /// <summary>Whom its tokens are for.</summary>
    internal string Audience => (string)Process.Ready["azure"]!["audience"]!;

    /// <summary>Waits that suit a sandbox whose operations take a second or two.</summary>
    internal static CosmosTimings Timings { get; } = new() { Poll = TimeSpan.FromSeconds(1), ShortPoll = TimeSpan.FromSeconds(0.3), BackupLag = TimeSpan.FromSeconds(5) };

    internal CosmosProvider Provider(ArmClientFactory? factory = null)
    {
        var clients = factory ?? Factory();
        return new(() => clients, Clock, ServiceMode.ReadWrite, new AzureConnection(), Timings);
    }

    internal string Id(string account) => $"/subscriptions/{Process.AzureSubscriptionId}/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/{account}";

    internal DatabaseQuery Query(string account) => new() { Selection = new DatabaseSelection { Identifiers = [Id(account)] } };

    internal static RestoreIntent Intent(DateTimeOffset time) => new() { RunId = Run, RestoreTime = time, Timeout = TimeSpan.FromHours(6) };

    /// <summary>Makes an account with the tables of a ScalarDB application, a network that is not open, and settings that a restore drops.</summary>
    internal Task MakeAsync(string name, string backups = """{"type":"Continuous","continuousModeProperties":{"tier":"Continuous7Days"}}""", string database = """{"throughput":800}""") => Process.Control.SendAsync(
        HttpMethod.Put,
        $"azure/cosmos/accounts/{name}",
        $$$$$"""
        {
          "group": "rg", "location": "westus", "locations": ["westus", "eastus"], "createdAt": "{{{{{Utc(Clock.GetUtcNow().AddDays(-2))}}}}}",
          "tags": {"team": "orders"},
          "properties": {
            "consistencyPolicy": {"defaultConsistencyLevel": "Strong"}, "publicNetworkAccess": "Enabled", "minimalTlsVersion": "Tls12", "isVirtualNetworkFilterEnabled": true,
            "ipRules": [{"ipAddressOrRange": "203.0.113.7"}, {"ipAddressOrRange": "198.51.100.0/24"}],
            "virtualNetworkRules": [{"id": "/subscriptions/s/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/pods", "ignoreMissingVNetServiceEndpoint": false}],
            "networkAclBypass": "AzureServices", "cors": [{"allowedOrigins": "https://example.com"}], "enableAutomaticFailover": true,
            "backupPolicy": {{{{{backups}}}}}
          },
          "databases": {
            "app": {"throughput": {{{{{database}}}}}, "containers": {
              "orders": {"procedures": {"mutate.js": "function mutate() {}", "own.js": "function own() {}"}, "items": {"1": {"v": 1}}},
              "events": {"resource": {"partitionKey": {"paths": ["/concatenatedPartitionKey"], "kind": "Hash"}, "defaultTtl": 3600}, "procedures": {"mutate.js": "function mutate() {}"}}}},
            "coordinator": {"throughput": {"throughput": 400}, "containers": {"state": {"procedures": {"mutate.js": "function mutate() {}"}}}},
            "scalardb": {"throughput": {"throughput": 400}, "containers": {"metadata": {}}}
          }
        }
        """);

    /// <summary>A whole second that backups reach already.</summary>
    internal async Task<DateTimeOffset> PointAsync()
    {
        var point = DateTimeOffset.FromUnixTimeSeconds(Clock.GetUtcNow().ToUnixTimeSeconds() + 1);
        await Task.Delay(TimeSpan.FromSeconds(7), Clock);
        return point;
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
