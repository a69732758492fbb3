using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace ScalarRestore.Drill.Databases.Aws;

/// <summary>Sends requests of services that the feed has no package for, signed as the SDK signs its own.</summary>
internal sealed class SignedHttp(AwsAccess access) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Sends a request and returns the body of its answer.</summary>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="operation">The operation, for messages.</param>
    /// <param name="headers">Content type and target.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidOperationException">The service refused it.</exception>
    public async Task<string> SendAsync(
        string service, string operation, IReadOnlyDictionary<string, string> headers, byte[] body, CancellationToken cancellationToken)
    {
        var request = new DefaultRequest(new ListTablesRequest(), service)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Endpoint = access.Endpoint,
            Content = body,
            AuthenticationRegion = access.Region,
            OverrideSigningServiceName = service,
        };
        foreach (var (key, value) in headers)
        {
            request.Headers[key] = value;
        }

        var config = new AmazonDynamoDBConfig { ServiceURL = access.Endpoint.ToString(), AuthenticationRegion = access.Region };
        var signature = new AWS4Signer().SignRequest(request, config, metrics: null, access.AccessKey, access.SecretKey);
        using var message = new HttpRequestMessage(HttpMethod.Post, access.Endpoint) { Content = new ByteArrayContent(body) };
        foreach (var (key, value) in request.Headers.Where(header => !header.Key.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!message.Headers.TryAddWithoutValidation(key, value))
            {
                message.Content.Headers.TryAddWithoutValidation(key, value);
            }
        }

        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        using var response = await _http.SendAsync(message, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{operation}: {(int)response.StatusCode} {text}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
