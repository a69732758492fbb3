namespace ScalarRestore.Sandbox.Aws.Signing;

/// <summary>A Signature Version 4 Authorization header, taken apart.</summary>
internal sealed record Authorization(string AccessKeyId, string Date, string Region, string Service, string SignedHeaders, string Signature)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The credential scope, as it stands in the string to sign.</summary>
    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>Null where the header is missing or is none of this kind.</summary>
    public static Authorization? Parse(string header)
    {
        if (!header.StartsWith(Algorithm, StringComparison.Ordinal))
            return null;

        string? credential = null, signedHeaders = null, signature = null;
        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            switch (equals < 0 ? "" : part[..equals])
            {
                case "Credential":
                    credential = part[(equals + 1)..];
                    break;
                case "SignedHeaders":
                    signedHeaders = part[(equals + 1)..];
                    break;
                case "Signature":
                    signature = part[(equals + 1)..];
                    break;
            }
        }

        return credential?.Split('/') is [var key, var date, var region, var service, "aws4_request"] && signedHeaders is not null
            && signature is not null
            ? new Authorization(key, date, region, service, signedHeaders, signature)
            : null;
    }
}
