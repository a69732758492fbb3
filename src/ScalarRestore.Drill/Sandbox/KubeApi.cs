using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace ScalarRestore.Drill.Sandbox;

/// <summary>Creates and reads objects at the sandbox's Kubernetes API with the admin's kubeconfig.</summary>
internal sealed class KubeApi : IDisposable
{
    private readonly HttpClient _http;

    public KubeApi(string kubeconfig)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(kubeconfig))
        {
            yaml.Load(reader);
        }

        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var context = Named(root, "contexts", Text(root, "current-context")!, "context");
        var cluster = Named(root, "clusters", Text(context, "cluster")!, "cluster");
        var user = Named(root, "users", Text(context, "user")!, "user");

        var authority = X509CertificateLoader.LoadCertificate(Pem(cluster, "certificate-authority"));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        if (user.Children.Keys.Any(key => key.ToString().StartsWith("client-certificate", StringComparison.Ordinal)))
        {
            handler.SslOptions.ClientCertificates =
            [
                X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(Pem(user, "client-certificate")), Encoding.UTF8.GetString(Pem(user, "client-key"))),
            ];
        }

        _http = new HttpClient(handler) { BaseAddress = new Uri(Text(cluster, "server")!) };
        if (Text(user, "token") is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Creates an object.</summary>
    public async Task CreateAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(path, content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>Reads an object or a list.</summary>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(path, cancellationToken);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static YamlMappingNode Named(YamlMappingNode root, string list, string name, string inner) =>
        (YamlMappingNode)((YamlSequenceNode)root[list]).Cast<YamlMappingNode>().First(item => string.Equals(Text(item, "name"), name, StringComparison.Ordinal))[inner];

    private static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    private static byte[] Pem(YamlMappingNode map, string key) =>
        Text(map, key + "-data") is { } data ? Convert.FromBase64String(data) : File.ReadAllBytes(Text(map, key)!);
}
