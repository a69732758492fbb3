using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Signing;

/// <summary>Recomputes Signature Version 4 from the received bytes. Nothing here is shared with any client, so that both cannot be wrong
/// alike.</summary>
internal sealed class SignatureVerifier(CredentialStore credentials, SandboxClock clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    // One key serves a client for a whole day.
    private readonly ConcurrentDictionary<(string AccessKeyId, string Scope), byte[]> _signingKeys = new();

    /// <summary>Says who signed the request.</summary>
    /// <exception cref="AwsException">Nobody known, or not correctly.</exception>
    public AwsCaller Verify(HttpRequest request, AwsRequest call)
    {
        var authorization = call.Authorization
            ?? throw Refused(call, "MissingAuthenticationTokenException", "MissingAuthenticationToken", "Request is missing Authentication Token");
        if (credentials.Find(authorization.AccessKeyId) is not { } credential || !TokenFits(request, credential))
            throw Refused(call, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid.");

        if (credential.Expiration < clock.RealNow)
            throw Refused(call, "ExpiredTokenException", "ExpiredToken", "The security token included in the request is expired");

        if (Complaint(request, call, authorization, credential) is { } complaint)
            throw Refused(call, "InvalidSignatureException", "SignatureDoesNotMatch", complaint);

        return new AwsCaller(credential.Account, authorization.Region, credential.Arn, credential.UserId);
    }

    // The two kinds of protocol name the same refusals differently.
    private static AwsException Refused(AwsRequest call, string jsonCode, string queryCode, string message) =>
        call.Protocol is AwsProtocol.Query ? new AwsException(queryCode, message, 403) : new AwsException(jsonCode, message);

    private static bool TokenFits(HttpRequest request, Credential credential) =>
        string.Equals(request.Headers["X-Amz-Security-Token"].ToString(), credential.SessionToken ?? "", StringComparison.Ordinal);

    private string? Complaint(HttpRequest request, AwsRequest call, Authorization authorization, Credential credential)
    {
        var stamp = request.Headers["X-Amz-Date"].ToString();
        if (!DateTimeOffset.TryParseExact(
            stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

        if (!stamp.StartsWith(authorization.Date, StringComparison.Ordinal))
            return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.";

        if (date < clock.RealNow - Tolerance)
            return $"Signature expired: {stamp} is now earlier than {Stamp(clock.RealNow - Tolerance)} ({Stamp(clock.RealNow)} - 15 min.)";

        if (date > clock.RealNow + Tolerance)
            return $"Signature not yet current: {stamp} is still later than {Stamp(clock.RealNow + Tolerance)} ({Stamp(clock.RealNow)} + 15 min.)";

        var headers = authorization.SignedHeaders.Split(';');
        if (!headers.Contains("host", StringComparer.Ordinal))
            return "'Host' must be a 'SignedHeader' in the AWS Authorization.";

        var canonical = Encoding.UTF8.GetBytes(Canonical(request, call, headers, authorization));
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{authorization.Scope}\n{Hex(SHA256.HashData(canonical))}";
        var key = _signingKeys.GetOrAdd(
            (credential.AccessKeyId, authorization.Scope),
            static (_, of) => SigningKey(of.credential, of.authorization),
            (credential, authorization));
        var expected = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return string.Equals(expected, authorization.Signature, StringComparison.Ordinal)
            ? null
            : "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    }

    private static string Canonical(HttpRequest request, AwsRequest call, string[] headers, Authorization authorization)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n')
            .Append(EncodePath(request.Path.Value ?? "/")).Append('\n')
            .Append(CanonicalQuery(request)).Append('\n');
        foreach (var name in headers)
            text.Append(name).Append(':').Append(Collapse(request.Headers[name].ToString())).Append('\n');

        return text.Append('\n').Append(authorization.SignedHeaders).Append('\n').Append(Hex(SHA256.HashData(call.Body))).ToString();
    }

    private static string EncodePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string CanonicalQuery(HttpRequest request) => request.QueryString.HasValue
        ? string.Join('&', request.Query
            .SelectMany(q => q.Value, (q, value) => (Key: Uri.EscapeDataString(q.Key), Value: Uri.EscapeDataString(value ?? "")))
            .OrderBy(q => q.Key, StringComparer.Ordinal).ThenBy(q => q.Value, StringComparer.Ordinal)
            .Select(q => $"{q.Key}={q.Value}"))
        : "";

    private static string Collapse(string value)
    {
        value = value.Trim();
        while (value.Contains("  ", StringComparison.Ordinal))
            value = value.Replace("  ", " ", StringComparison.Ordinal);

        return value;
    }

    private static byte[] SigningKey(Credential credential, Authorization authorization)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + credential.SecretAccessKey);
        foreach (var part in (ReadOnlySpan<string>)[authorization.Date, authorization.Region, authorization.Service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));

        return key;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Stamp(DateTimeOffset at) => at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
