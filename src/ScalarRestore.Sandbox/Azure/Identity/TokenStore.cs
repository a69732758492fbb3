using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Identity;

/// <summary>The bearer tokens of the sandbox. Nobody checks a signature here, so they have none: a token is good when it was issued and has
/// not expired.</summary>
internal sealed class TokenStore(SandboxState sandbox)
{
    /// <summary>The id of the tenant, the same in every run.</summary>
    public const string TenantId = "99999999-8888-4777-8666-555555555555";

    /// <summary>The object id of the system-assigned identity.</summary>
    public const string ObjectId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>What the endpoint of App Service and Automation wants in X-IDENTITY-HEADER; new in every run.</summary>
    public string Header { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Issues a token.</summary>
    /// <param name="resource">What it is for, such as https://management.azure.com.</param>
    /// <param name="clientId">The user-assigned identity; null for the system-assigned one.</param>
    public IssuedToken Issue(string resource, string? clientId)
    {
        // Clients compare the end with their own clock, so that what they are told is in real time.
        var seconds = sandbox.Settings.Current.Azure.TokenLifetimeSeconds;
        var issuedAt = sandbox.Clock.RealNow;
        var expiresOn = issuedAt + (TimeSpan.FromSeconds(seconds) / sandbox.Clock.Scale);
        lock (_lock)
        {
            var claims = new JsonObject
            {
                ["aud"] = resource,
                ["iss"] = $"https://sts.windows.net/{TenantId}/",
                ["iat"] = issuedAt.ToUnixTimeSeconds(),
                ["nbf"] = issuedAt.ToUnixTimeSeconds(),
                ["exp"] = expiresOn.ToUnixTimeSeconds(),
                ["appid"] = clientId ?? "cccccccc-dddd-4eee-8fff-000000000000",
                ["oid"] = clientId ?? ObjectId,
                ["sub"] = clientId ?? ObjectId,
                ["tid"] = TenantId,
                ["idtyp"] = "app",
                ["ver"] = "1.0",
                ["uti"] = (++_count).ToString("D12", CultureInfo.InvariantCulture),
            };
            var token = new IssuedToken(
                $"{Encode("""{"typ":"JWT","alg":"none"}""")}.{Encode(claims.ToJsonString())}.",
                clientId ?? ObjectId,
                resource,
                expiresOn,
                sandbox.Clock.Now.AddSeconds(seconds));
            _tokens[token.Text] = token;
            return token;
        }
    }

    /// <summary>Finds out who sends a request.</summary>
    /// <returns>The object id.</returns>
    /// <exception cref="ArmException">401 without a token, or with one that is not good.</exception>
    public string Verify(ArmRequest request)
    {
        var authority = $"{request.Address}/{TenantId}";
        if (request.Token is not { } text)
            throw ArmErrors.AuthenticationFailed(
                "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", authority);

        lock (_lock)
        {
            if (!_tokens.TryGetValue(text, out var token))
                throw ArmErrors.AuthenticationFailed("InvalidAuthenticationToken", "The access token is invalid.", authority);

            return sandbox.Clock.Now < token.EndsAt
                ? token.ObjectId
                : throw ArmErrors.AuthenticationFailed(
                    "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.", authority);
        }
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
