using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>The sandbox's managed identity, asked directly: the SDK's own follows the environment of the whole process.</summary>
internal sealed class SandboxIdentity(Uri endpoint) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["resource"] = requestContext.Scopes[0].Replace("/.default", "", StringComparison.Ordinal) }),
        };
        request.Headers.Add("Metadata", "true");
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return new AccessToken((string)token["access_token"]!, DateTimeOffset.FromUnixTimeSeconds(long.Parse((string)token["expires_on"]!, CultureInfo.InvariantCulture)));
    }
}
