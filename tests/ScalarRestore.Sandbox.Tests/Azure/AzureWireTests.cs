using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>Azure on the wire: TLS, tokens of the managed identity in both forms, headers, faults.</summary>
public sealed class AzureWireTests : IAsyncLifetime
{
    private const string Restore = "/providers/Microsoft.DocumentDB/databaseAccounts/target?api-version=2025-10-15";

    private SandboxProcess _sandbox = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxProcess.StartAsync("--time-scale", "20");
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(_sandbox.CaFile)) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        })
        {
            BaseAddress = _sandbox.ArmUrl,
        };
        await _sandbox.Control.SendAsync(HttpMethod.Put, "azure/groups/rg", """{"location":"westus"}""");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Gives_tokens_in_both_forms_and_takes_them()
    {
        var subscription = $"/subscriptions/{_sandbox.AzureSubscriptionId}?api-version=2022-12-01";
        using var anonymous = await _http.GetAsync(subscription);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.StartsWith("authorization_uri=", anonymous.Headers.WwwAuthenticate.Single().Parameter, StringComparison.Ordinal);
        Assert.Equal("AuthenticationFailed", (string?)(await JsonAsync(anonymous))["error"]!["code"]);
        foreach (var token in new[] { await HeaderTokenAsync(), await PostTokenAsync() })
        {
            Assert.Equal("https://management.azure.com", (string?)token["resource"]);
            Assert.Equal("Bearer", (string?)token["token_type"]);
            Assert.True(long.Parse((string)token["expires_on"]!, System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            var claims = JsonNode.Parse(Encoding.UTF8.GetString(
                System.Buffers.Text.Base64Url.DecodeFromChars(((string)token["access_token"]!).Split('.')[1])))!;
            Assert.Equal((string?)_sandbox.Ready["azure"]!["tenantId"], (string?)claims["tid"]);
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token["access_token"]);
            using var answer = await _http.GetAsync(subscription);
            Assert.Equal("Sandbox", (string?)(await JsonAsync(answer))["displayName"]);
            Assert.Equal(answer.Headers.GetValues("x-ms-request-id").Single(), answer.Headers.GetValues("x-ms-correlation-request-id").Single());
        }
    }

    [Fact]
    public async Task Keeps_tokens_from_who_lacks_the_header()
    {
        using var client = new HttpClient();
        var url = $"{_sandbox.AzureEnvironment["IDENTITY_ENDPOINT"]}?api-version=2019-08-01&resource=https://management.azure.com";
        using var without = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["resource"] = "r" });
        using var bare = await client.PostAsync(_sandbox.AzureEnvironment["MSI_ENDPOINT"], form);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
    }

    [Fact]
    public async Task Suffers_faults_by_the_names_of_its_operations()
    {
        await SignInAsync();
        await SeedAsync();
        await _sandbox.Control.SetFaultsAsync(
            """{"service":"cosmos","operation":"RestoreAccount","effect":"loseAnswer"}""",
            """{"service":"arm","operation":"OperationStatus","resource":"target","effect":"error","code":"Forbidden","status":403}""",
            """{"service":"cosmos","operation":"ListKeys","effect":"throttle"}""",
            """{"service":"identity","effect":"error","status":503}""");
        var body = await BodyAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(HttpMethod.Put, Restore, body));
        Assert.Equal("target", (string?)await NameAsync());
        var calls = await _sandbox.Control.CallsAsync();
        Assert.Contains(calls, c => c is { Service: "cosmos", Operation: "RestoreAccount", Resource: "target", Status: 0 });

        using var throttled = await SendAsync(HttpMethod.Post, Restore.Replace("target", "source/listKeys", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (throttled.StatusCode, throttled.Headers.GetValues("Retry-After").Single()));
        using var update = await SendAsync(HttpMethod.Patch, Restore.Replace("target", "source", StringComparison.Ordinal), """{"properties":{"minimalTlsVersion":"Tls11"}}""");
        var status = update.Headers.GetValues("Azure-AsyncOperation").Single();
        Assert.StartsWith(_sandbox.ArmUrl.ToString(), status, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await _http.GetAsync(status)).StatusCode);
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(_sandbox.AzureEnvironment["IDENTITY_ENDPOINT"])).StatusCode);
    }

    [Fact]
    public async Task Says_that_an_account_does_not_exist_while_it_is_restored()
    {
        await SignInAsync();
        await SeedAsync();
        await _sandbox.Control.SetFaultsAsync("""{"service":"arm","operation":"OperationStatus","effect":"error","code":"Forbidden","status":403}""");
        using var answer = await SendAsync(HttpMethod.Put, Restore, await BodyAsync());
        using var status = await _http.GetAsync(answer.Headers.GetValues("Azure-AsyncOperation").Single());
        Assert.Equal(HttpStatusCode.Forbidden, status.StatusCode);
        Assert.Equal("Database Account target-westus does not exist", (string?)(await JsonAsync(status))["error"]!["message"]);
    }

    [Fact]
    public async Task Dumps_its_state_without_secrets()
    {
        await SignInAsync();
        await SeedAsync();
        using var answer = await SendAsync(HttpMethod.Put, Restore, await BodyAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _sandbox.Control.SendAsync(HttpMethod.Post, "time/advance", """{"seconds":60}""");
        var state = (await _sandbox.Control.StateAsync())["azure"]!;
        Assert.Equal(["source", "target"], state["cosmos"]!.AsArray().Select(a => (string)a!["name"]!));
        Assert.Equal("Succeeded", (string?)Assert.Single(state["operations"]!.AsArray())!["status"]);
        Assert.Equal(
            (string?)state["cosmos"]![0]!["databases"]![0]!["containers"]![0]!["itemsSha256"],
            (string?)state["cosmos"]![1]!["databases"]![0]!["containers"]![0]!["itemsSha256"]);
        Assert.DoesNotContain("sig-canary", state.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Succeeded", (string?)Assert.Single((await _sandbox.Control.GetAsync("azure/operations")).AsArray())!["status"]);
        var stable = (await _sandbox.Control.StateAsync(includeVolatile: false))["azure"]!;
        Assert.Null(stable["operations"]);
        Assert.DoesNotContain((string)state["cosmos"]![0]!["properties"]!["instanceId"]!, stable.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<string?> NameAsync()
    {
        using var answer = await _http.GetAsync(Url(Restore));
        return (string?)(await JsonAsync(answer))["name"];
    }

    private Task<JsonNode> SeedAsync() => _sandbox.Control.SendAsync(
        HttpMethod.Put,
        "azure/cosmos/accounts/source",
        $$$"""{"group":"rg","location":"westus","createdAt":"2020-01-01T00:00:00Z","properties":{"backupPolicy":{"type":"Continuous"}},"databases":{{{AzureHarness.Databases}}} }""");

    private async Task<string> BodyAsync()
    {
        using var answer = await _http.GetAsync(Url(Restore.Replace("target", "source", StringComparison.Ordinal)));
        var instance = (string)(await JsonAsync(answer))["properties"]!["instanceId"]!;
        return AzureHarness.RestoreBody(instance, (await _sandbox.Clock.AskAsync()).AddSeconds(-5));
    }

    private async Task SignInAsync() =>
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)(await HeaderTokenAsync())["access_token"]);

    private async Task<JsonNode> HeaderTokenAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{_sandbox.AzureEnvironment["IDENTITY_ENDPOINT"]}?api-version=2019-08-01&resource=https://management.azure.com");
        request.Headers.Add("X-IDENTITY-HEADER", _sandbox.AzureEnvironment["IDENTITY_HEADER"]);
        using var answer = await client.SendAsync(request);
        return await JsonAsync(answer);
    }

    private async Task<JsonNode> PostTokenAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _sandbox.AzureEnvironment["MSI_ENDPOINT"]);
        request.Headers.Add("Metadata", "true");
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["resource"] = "https://management.azure.com" });
        using var answer = await client.SendAsync(request);
        return await JsonAsync(answer);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, Url(path));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request);
    }

    private string Url(string path) => $"/subscriptions/{_sandbox.AzureSubscriptionId}/resourceGroups/rg{path}";

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
