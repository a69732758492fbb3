using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

/// <summary>One sandbox for a class of tests, each of which works in a namespace of its own, with real programs or plain HTTP.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private SandboxProcess? _sandbox;
    private int _namespaces;

    public SandboxProcess Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox has not been started.");

    public static string Chart(string name) => Path.Combine(TestPaths.TestsFolder, "data", "charts", name);

    public static string Data(string path) => Path.Combine(TestPaths.TestsFolder, "data", path);

    public async Task InitializeAsync() => _sandbox = await SandboxProcess.StartAsync("--time-scale", "20");

    public async Task DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    /// <summary>Runs kubectl as the administrator, or with another kubeconfig.</summary>
    public Task<ToolResult> KubectlAsync(string arguments, string? input = null, string? kubeconfig = null) =>
        Tool.RunAsync("kubectl", Words(arguments), Environment(kubeconfig), input);

    public Task<ToolResult> KubectlAsync(string[] arguments, string? input = null) => Tool.RunAsync("kubectl", arguments, Environment(null), input);

    public Task<ToolResult> HelmAsync(string arguments, string? kubeconfig = null) => Tool.RunAsync("helm", Words(arguments), Environment(kubeconfig));

    public async Task<string> NewNamespaceAsync()
    {
        var name = $"test-{Interlocked.Increment(ref _namespaces)}";
        using var client = Http();
        using var answer = await client.PostAsync("/api/v1/namespaces", Json($$$"""{"metadata":{"name":"{{{name}}}"}}"""));
        answer.EnsureSuccessStatusCode();
        return name;
    }

    /// <summary>A plain client that trusts the sandbox's authority.</summary>
    /// <param name="token">A bearer token; the administrator's unless told.</param>
    public HttpClient Http(string? token = null)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Sandbox.CaFile);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        var client = new HttpClient(handler) { BaseAddress = Sandbox.KubernetesUrl };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token("kubeconfig-token"));
        return client;
    }

    /// <summary>The token in one of the kubeconfigs.</summary>
    public string Token(string file) => File.ReadLines(Path.Combine(Path.GetDirectoryName(Sandbox.KubeconfigPath)!, file))
        .Select(line => line.Trim())
        .First(line => line.StartsWith("token: ", StringComparison.Ordinal))["token: ".Length..];

    public static StringContent Json(string text, string type = "application/json") => new(text, Encoding.UTF8, type);

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <summary>Asks again and again until an answer is as wanted.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await ask();
            if (wanted(answer))
            {
                return answer;
            }

            Assert.True(tries < 400, $"Still not as wanted: {answer}");
            await Task.Delay(25);
        }
    }

    private static string[] Words(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Dictionary<string, string?> Environment(string? kubeconfig)
    {
        // A home of its own, as both programs keep what they discovered by host and port.
        var home = Directory.CreateDirectory(Path.Combine(Sandbox.Folder, "home")).FullName;
        return new Dictionary<string, string?>(Sandbox.Environment, StringComparer.Ordinal)
        {
            ["HOME"] = home,
            ["XDG_CACHE_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["XDG_DATA_HOME"] = null,
            ["KUBECONFIG"] = kubeconfig ?? Sandbox.KubeconfigPath,
        };
    }
}
