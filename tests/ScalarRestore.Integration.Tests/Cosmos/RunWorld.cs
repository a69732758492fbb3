using System.Net;
using System.Security;
using System.Text.Json;
using Azure.Core;
using ScalarRestore.Engine;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Integration.Tests.Procedures;
using ScalarRestore.Integration.Tests.Values;
using ScalarRestore.Integration.Tests.Workloads;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>Releases that store into accounts of Cosmos DB, and an engine that is led to their cluster and their Azure.</summary>
public sealed class RunWorld : IAsyncLifetime
{
    /// <summary>The variable that feeds a key into the pods.</summary>
    public const string Variable = "DB_KEY";

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    internal ValuesWorld Values { get; } = new();

    internal CosmosSandbox Azure { get; } = new();

    public async Task InitializeAsync()
    {
        await Values.InitializeAsync();
        await Azure.AttachAsync(Values.Workloads.Sandbox);
    }

    public async Task DisposeAsync()
    {
        await Azure.DisposeAsync();
        await Values.DisposeAsync();
    }

    internal RestoreEngine Engine(TokenCredential? credential = null) => With(Azure.Settings with { Credential = credential ?? Azure.Identity });

    /// <summary>An engine that signs in as the command says.</summary>
    internal RestoreEngine EngineThatSignsIn() => With(Azure.Settings with { Credential = null });

    /// <summary>A token of the managed identity, as an operator would give it.</summary>
    internal async Task<SecureString> TokenAsync()
    {
        var token = (await Azure.Identity.GetTokenAsync(new TokenRequestContext([Azure.Audience + "/.default"]), CancellationToken.None)).Token;
        _secrets.Add(token);
        return Secure(token);
    }

    /// <summary>An account, and its key.</summary>
    internal async Task<string> MakeAsync(string account)
    {
        await Azure.MakeAsync(account);
        return await KeyAsync(account);
    }

    /// <summary>The key of an account; from now on nothing may show it.</summary>
    internal async Task<string> KeyAsync(string account)
    {
        var key = (string)(await Azure.Raw.PostAsync($"{Azure.Id(account)}/listKeys", body: null, CancellationToken.None)).Answer!["primaryMasterKey"]!;
        Assert.True(key.Length > 40, "That is no key.");
        _secrets.Add(key);
        return key;
    }

    public static string Endpoint(string account) => $"https://{account}.documents.azure.com:443/";

    /// <summary>A release that has stored into an account, stopped and brought back to a point.</summary>
    internal async Task<(RestoreRun Run, string Values, string Namespace)> RestoredAsync(RecordingHost host, string account, string password, string more = "", RestoreEngine? engine = null)
    {
        var ns = await Values.Workloads.NewNamespaceAsync();
        if (more.Length > 0)
            await Values.SecretAsync(ns, "db", (Variable, await KeyAsync(account)), ("OTHER", "stays"));

        var values = Values.Values("scalardb", "databaseProperties", Endpoint(account), more, storage: "cosmos", password: password);
        await Values.Workloads.InstallAsync(ns, "db", "scalardb", "-f", values);
        var point = await Azure.PointAsync();
        var run = await Values.StopAsync(host, ns, WorkloadEngine.Record, Values.NewJournal(), "db");
        run = await (engine ?? Engine()).RestoreDatabasesAsync(new RestoreRequest { Run = run, RestoreTime = point }, host, CancellationToken.None);
        Assert.Equal(RestorePhase.Restored, run.Phase);
        return (run, values, ns);
    }

    internal Task<ValuesUpdate> UpdateAsync(RecordingHost host, UpdateValuesRequest request, RestoreEngine? engine = null) =>
        (engine ?? Engine()).UpdateValuesAsync(request, host, CancellationToken.None);

    internal Task<RestoreRun> StartAsync(RecordingHost host, RestoreRun run) => Engine().StartWorkloadsAsync(
        new StartRequest { Run = run, StableFor = TimeSpan.FromSeconds(20), Timeout = TimeSpan.FromMinutes(20) }, host, CancellationToken.None);

    /// <summary>How often keys were asked for since the calls were last cleared.</summary>
    internal async Task<int> KeyCallsAsync() => (await Azure.Process.Control.CallsAsync()).Count(call => call.Operation == "ListKeys");

    /// <summary>Neither journals, nor what was said, nor objects that go down the pipeline hold a key or a token.</summary>
    internal async Task NothingShowsSecretsAsync(RestoreRun run, IEnumerable<RecordingHost> hosts, params IEnumerable<object>[] shown)
    {
        Assert.NotEmpty(_secrets);
        var journal = await File.ReadAllTextAsync(run.JournalPath);
        Assert.Contains(run.RunId, journal, StringComparison.Ordinal);
        var said = hosts.SelectMany(host => host.Lines.Concat(host.Warnings).Concat(host.Processed).Concat(host.Questions));
        string[] texts = [journal, .. said, JsonSerializer.Serialize(run), .. shown.SelectMany(all => all).Select(one => JsonSerializer.Serialize(one, one.GetType()) + one)];
        foreach (var secret in _secrets)
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));

        // The word is in every signed URL of the sandbox's operations.
        Assert.DoesNotContain(texts, text => text.Contains("sig-canary", StringComparison.Ordinal));
    }

    internal static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private RestoreEngine With(ArmClientSettings arm) => new(new EngineSettings(Values.Workloads.Clock) { Arm = arm });
}
