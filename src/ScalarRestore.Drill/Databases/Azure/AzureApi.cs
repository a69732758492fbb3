using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>
/// Azure Resource Manager, asked with the sandbox's managed identity. It shares no code with the engine: what one of them misreads, the other
/// does not.
/// </summary>
internal sealed class AzureApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _tokens;
    private readonly string _audience;
    private AuthenticationHeaderValue? _token;
    private DateTimeOffset _until;

    /// <summary>Makes a client.</summary>
    /// <param name="azure">What the sandbox's first line says of Azure.</param>
    public AzureApi(JsonNode azure)
    {
        Subscription = $"/subscriptions/{(string)azure["subscriptionId"]!}";
        _tokens = new Uri((string)azure["msiUrl"]!);
        _audience = (string)azure["audience"]!;
        var authority = X509CertificateLoader.LoadCertificate(ReadPem((string)azure["caFile"]!));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri((string)azure["armUrl"]!) };
    }

    /// <summary>The subscription's path.</summary>
    public string Subscription { get; }

    /// <summary>Reads a resource.</summary>
    public async Task<JsonObject> GetAsync(string path, string version, CancellationToken cancellationToken) =>
        await FindAsync(path, version, cancellationToken) ?? throw new InvalidOperationException($"GET {path}: not found");

    /// <summary>Reads a resource; null where there is none.</summary>
    public Task<JsonObject?> FindAsync(string path, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, new Uri($"{path}?api-version={version}", UriKind.Relative), cancellationToken);

    /// <summary>Reads a list, all pages of it.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, string version, CancellationToken cancellationToken)
    {
        var (all, next) = (new List<JsonObject>(), new Uri($"{path}?api-version={version}", UriKind.Relative));
        while (next is not null)
        {
            var page = await SendAsync(HttpMethod.Get, next, cancellationToken) ?? throw new InvalidOperationException($"GET {path}: not found");
            all.AddRange(page["value"]!.AsArray().Select(one => one!.AsObject()));
            next = (string?)page["nextLink"] is { } link ? new Uri(link) : null;
        }

        return all;
    }

    /// <summary>Asks a resource for something.</summary>
    public async Task<JsonObject> PostAsync(string path, string version, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, new Uri($"{path}?api-version={version}", UriKind.Relative), cancellationToken) ?? throw new InvalidOperationException($"POST {path}: not found");

    /// <summary>Has a resource deleted.</summary>
    public Task DeleteAsync(string path, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, new Uri($"{path}?api-version={version}", UriKind.Relative), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<JsonObject?> SendAsync(HttpMethod method, Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = await TokenAsync(cancellationToken);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        // The path, and not the address: that of an operation is as good as a secret.
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{method} {request.RequestUri!.AbsolutePath}: {(int)response.StatusCode} {text}");
    }

    /// <summary>The identity's token. Its day passes as fast as the sandbox's, so that a drill outlives it.</summary>
    private async Task<AuthenticationHeaderValue> TokenAsync(CancellationToken cancellationToken)
    {
        if (_token is { } token && DateTimeOffset.UtcNow < _until)
        {
            return token;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, _tokens)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("resource", _audience)]),
        };
        request.Headers.Add("Metadata", "true");
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        var now = DateTimeOffset.UtcNow;
        var end = DateTimeOffset.FromUnixTimeSeconds(long.Parse((string)answer["expires_on"]!, CultureInfo.InvariantCulture));
        _until = now + ((end - now) / 2);
        return _token = new AuthenticationHeaderValue("Bearer", (string)answer["access_token"]!);
    }

    private static byte[] ReadPem(string path)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(path));
        return certificate.RawData;
    }
}
