using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>What a token says of itself. It is not proved: that is the service's business.</summary>
/// <param name="ExpiresOn">When it ends, UTC.</param>
/// <param name="TenantId">The tenant; null if it names none.</param>
internal sealed record AccessTokenClaims(DateTimeOffset ExpiresOn, string? TenantId)
{
    /// <summary>Reads the claims; null if the text is no JSON web token with an end.</summary>
    public static AccessTokenClaims? Read(string token)
    {
        try
        {
            return token.Split('.') is [_, { Length: > 0 } payload, _]
                && JsonNode.Parse(Decode(payload)) is JsonObject claims
                && claims["exp"] is JsonValue exp && exp.TryGetValue<long>(out var seconds)
                    ? new AccessTokenClaims(DateTimeOffset.FromUnixTimeSeconds(seconds), ArmStates.Text(claims["tid"]))
                    : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static byte[] Decode(string payload)
    {
        var padded = payload.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, '='));
    }
}
