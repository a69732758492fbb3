using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using ScalarRestore.Engine;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Integration.Tests.Procedures;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>
/// A whole run on accounts whose keys are in properties and in a Secret, with everything that can be printed on the way: neither keys, old or
/// new, nor tokens nor the addresses of operations are found in any of it, or in the journal.
/// </summary>
public sealed class SecrecyTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalar-secrecy-").FullName;
    private readonly RecordingHost _host = new();
    private readonly List<string> _said = [];
    private StagedDrill? _world;
    private SocketsHttpHandler? _handler;
    private CanaryTransport? _transport;
    private TimeProvider _clock = TimeProvider.System;

    private StagedDrill World => _world ?? throw new InvalidOperationException("The world has not been staged.");

    private CanaryTransport Transport => _transport ?? throw new InvalidOperationException("The world has not been staged.");

    public async Task InitializeAsync()
    {
        _world = await StagedDrill.StartAsync("--database", "cosmosdb", "--tables", "2", "--time-scale", "600");
        _clock = EngineSettings.ReadClock(World.Variable(EngineSettings.SandboxClockVariable), World.Variable(ArmClientSettings.EndpointVariable));
        _handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(World.Variable("SSL_CERT_FILE"))) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        _transport = new CanaryTransport(new HttpClientTransport(_handler));
    }

    public async Task DisposeAsync()
    {
        _handler?.Dispose();
        if (_world is not null)
            await _world.DisposeAsync();

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Neither_keys_nor_tokens_nor_addresses_of_operations_are_told_or_kept()
    {
        var engine = Engine();
        var journal = Path.Combine(_folder, "journal");
        var workloads = Said(await engine.GetWorkloadsAsync(new WorkloadQuery { Connection = new KubernetesConnection { KubeConfigPath = World.Variable("KUBECONFIG") }, Namespace = World.Namespace }, _host, CancellationToken.None));
        Said(await engine.GetDatabasesAsync(new DatabaseQuery { Workloads = workloads }, _host, CancellationToken.None));
        var run = Said(await engine.StopWorkloadsAsync(
            new StopRequest { Workloads = workloads, Engine = WorkloadEngine.Record, JournalPath = journal, Timeout = TimeSpan.FromHours(40) }, _host, CancellationToken.None));

        // A plan, a dry run, a refusal in the middle, and the run that is taken up again.
        var request = new RestoreRequest { Run = run, RestoreTime = World.RestoreTime, Force = true, Timeout = TimeSpan.FromHours(40) };
        Said(await engine.RestoreDatabasesAsync(request with { PlanOnly = true }, _host, CancellationToken.None));
        Said(await engine.RestoreDatabasesAsync(request with { WhatIf = true }, _host, CancellationToken.None));
        await DenyAsync("""["*/storedProcedures/write"]""");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => engine.RestoreDatabasesAsync(request, _host, CancellationToken.None));
        await DenyAsync("[]");
        Assert.Equal("StepsFailed", fault.Id);
        _said.AddRange(fault.Faults.Prepend(fault).Select(one => $"{one} {one.Mend} {one.Target}"));
        run = Said(await engine.ResumeAsync(new ResumeRequest { RunId = run.RunId, JournalPath = journal, Force = true }, _host, CancellationToken.None));
        Assert.Equal(RestorePhase.Restored, run.Phase);

        var keys = await KeysAsync(Subscription(run));
        Assert.Equal(6, keys.Count);
        var restored = run.Databases[^1];
        var file = Path.Combine(_folder, "database.properties");
        await File.WriteAllTextAsync(file, $"scalar.db.storage=cosmos\nscalar.db.contact_points={restored.Endpoints[0].Old}\nscalar.db.password={keys[restored.Identifier!][0]}\n");

        var update = new UpdateValuesRequest { Run = run, FromRelease = true, UpdateSecret = true };
        Said(await engine.UpdateValuesAsync(update with { WhatIf = true }, _host, CancellationToken.None));
        run = Said(await engine.UpdateValuesAsync(update, _host, CancellationToken.None)).Run!;
        var byHand = new UpdateValuesRequest { Paths = [file], Endpoints = [restored.Endpoints[0]], AccountKey = new NetworkCredential("", keys[restored.NewIdentifier!][0]).SecurePassword };
        Said(await engine.UpdateValuesAsync(byHand with { WhatIf = true }, _host, CancellationToken.None));
        Said(await engine.UpdateValuesAsync(byHand, _host, CancellationToken.None));
        Assert.Contains(keys[restored.NewIdentifier!][0], await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        run = Said(await engine.StartWorkloadsAsync(new StartRequest { Run = run, StableFor = TimeSpan.FromSeconds(20), Timeout = TimeSpan.FromHours(40) }, _host, CancellationToken.None));
        Assert.Equal(RestorePhase.Started, run.Phase);
        Said(await engine.GetRunsAsync(new RunQuery { JournalPath = journal }, _host, CancellationToken.None));

        Assert.NotEmpty(Transport.Tokens);
        Assert.NotEmpty(Transport.Addresses);
        Assert.All(Transport.Addresses, address => Assert.True(address.Length > 100));
        string[] secrets = [.. keys.Values.SelectMany(all => all), .. Transport.Tokens, .. Transport.Addresses];
        string[] texts = [.. _said, .. _host.Lines, .. _host.Warnings, .. _host.Processed, .. _host.Questions, .. Directory.GetFiles(journal, "*", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.Contains(texts, text => text.Contains("cosmosdb.procedures", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            // As it is, and as JSON and the form of addresses would have it.
            foreach (var form in new[] { secret, JsonEncodedText.Encode(secret).Value, Uri.EscapeDataString(secret) })
                Assert.DoesNotContain(texts, text => text.Contains(form, StringComparison.Ordinal));
        }
    }

    private static string Subscription(RestoreRun run) => run.Databases[0].NewResourceId!.Split('/')[2];

    private T Said<T>(T result)
    {
        _said.Add(JsonSerializer.Serialize(result));
        return result;
    }

    private async Task DenyAsync(string actions)
    {
        using var content = new StringContent(actions);
        (await World.Control.PutAsync(new Uri("azure/denials", UriKind.Relative), content)).EnsureSuccessStatusCode();
    }

    // All keys of all accounts, asked for past the engine.
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> KeysAsync(string subscription)
    {
        using var http = new HttpClient(_handler!, disposeHandler: false) { BaseAddress = new Uri(World.Variable(ArmClientSettings.EndpointVariable)) };
        var token = await Identity().GetTokenAsync(new TokenRequestContext([$"{World.Variable(ArmClientSettings.AudienceVariable)}/.default"]), CancellationToken.None);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        var accounts = JsonNode.Parse(await http.GetStringAsync(new Uri($"/subscriptions/{subscription}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2025-10-15", UriKind.Relative)))!["value"]!.AsArray();
        var keys = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            using var answer = await http.PostAsync(new Uri($"{(string)account!["id"]!}/listKeys?api-version=2025-10-15", UriKind.Relative), null);
            keys[(string)account["name"]!] = [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject().Select(pair => (string)pair.Value!)];
        }

        return keys;
    }

    private SandboxIdentity Identity() => new(new Uri(World.Variable("MSI_ENDPOINT")));

    private RestoreEngine Engine() => new(new EngineSettings(_clock)
    {
        Arm = new ArmClientSettings
        {
            Cloud = ArmCloud.Custom(World.Variable(ArmClientSettings.EndpointVariable), World.Variable(ArmClientSettings.AudienceVariable)),
            Transport = Transport,
            Credential = Identity(),
        },
    });
}
