using System.Globalization;
using System.Security;
using Azure.Core;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>A token that the operator gave. Nobody renews it, so that its end is looked at before it is sent, and told early.</summary>
internal sealed class AccessTokenCredential : TokenCredential
{
    // What a restore of a small database takes with some room.
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private const string NewToken = "Get a new one, as with Get-AzAccessToken -AsSecureString, and give it with -AccessToken.";

    private readonly SecureString _token;
    private readonly TimeProvider _clock;

    /// <summary>Takes a token and warns if it ends soon.</summary>
    /// <exception cref="RestoreException">It is none, has expired, or is of another tenant.</exception>
    public AccessTokenCredential(SecureString token, string? tenantId, TimeProvider clock, Action<string> warn)
    {
        _token = token;
        _clock = clock;
        var claims = AccessTokenClaims.Read(SecureText.Reveal(token)) ?? throw new RestoreException(
            "AzureTokenInvalid", FaultCategory.InvalidArgument, "The access token is no JSON web token with an end.", "AccessToken", NewToken);
        ExpiresOn = claims.ExpiresOn;
        RequireLiving();
        if (tenantId is not null && claims.TenantId is { } tenant && Guid.TryParse(tenantId, out _) && !tenant.Equals(tenantId, StringComparison.OrdinalIgnoreCase))
        {
            throw new RestoreException(
                "AzureTenantWrong", FaultCategory.AuthenticationError, $"The access token is of tenant {tenant}, not of {tenantId}.", tenantId, $"Get one with: Get-AzAccessToken -TenantId {tenantId} -AsSecureString.");
        }

        if (ExpiresOn - clock.GetUtcNow() is var left && left < Soon)
        {
            warn(string.Create(
                CultureInfo.InvariantCulture,
                $"The access token ends at {Text(ExpiresOn)}, in {Math.Ceiling(left.TotalMinutes):0} minutes, and cannot be renewed. What takes longer stops then, and can be gone on with by a new token."));
        }
    }

    /// <summary>When the token ends, UTC.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <inheritdoc/>
    /// <exception cref="RestoreException"><c>AzureTokenExpired</c>.</exception>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        RequireLiving();
        return new AccessToken(SecureText.Reveal(_token), ExpiresOn);
    }

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    private void RequireLiving()
    {
        if (ExpiresOn <= _clock.GetUtcNow())
        {
            throw new RestoreException(
                "AzureTokenExpired", FaultCategory.AuthenticationError, $"The access token expired at {Text(ExpiresOn)}.", "AccessToken", $"{NewToken} Then go on with the run.");
        }
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
