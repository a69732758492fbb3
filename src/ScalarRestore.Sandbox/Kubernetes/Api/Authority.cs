using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>The cluster's own certificate authority and its tokens: who is who.</summary>
internal sealed class Authority : IDisposable
{
    private readonly ConcurrentDictionary<string, User> _tokens = new(StringComparer.Ordinal);

    public Authority(DateTimeOffset realNow)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sandbox-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var root = request.CreateSelfSigned(realNow.AddDays(-1), realNow.AddYears(10));
        Certificate = X509CertificateLoader.LoadCertificate(root.RawData);

        (Server, _) = Issue(root, "CN=sandbox-apiserver", realNow, server: true);
        (Client, ClientKey) = Issue(root, $"O={User.Masters}, CN={User.Admin.Name}", realNow, server: false);
        AdminToken = NewToken(User.Admin);
        ReadOnlyToken = NewToken(User.ReadOnly);
    }

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The server's certificate, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The administrator's certificate.</summary>
    public X509Certificate2 Client { get; }

    /// <summary>The administrator's key, PEM.</summary>
    public string ClientKey { get; }

    public string AdminToken { get; }

    public string ReadOnlyToken { get; }

    public string NewToken(User user)
    {
        var token = $"sandbox.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        _tokens[token] = user;
        return token;
    }

    /// <summary>Finds out who sends a request, by token or client certificate.</summary>
    /// <exception cref="ApiException">401 without a credential, or with one that is not known here.</exception>
    public User Authenticate(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        var user = header is not null
            ? FromToken(header)
            : context.Connection.ClientCertificate is { } certificate && IsOurs(certificate) ? User.Admin : null;
        if (user is null)
        {
            throw ApiException.Unauthorized();
        }

        string? other = context.Request.Headers["Impersonate-User"];
        if (string.IsNullOrEmpty(other))
        {
            return user;
        }

        return user.IsAdmin
            ? new User(other, [.. context.Request.Headers["Impersonate-Group"].OfType<string>(), User.Authenticated])
            : throw ApiException.Forbidden(
                type: null,
                "",
                $"users \"{other}\" is forbidden: User \"{user.Name}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Server.Dispose();
        Client.Dispose();
    }

    private static (X509Certificate2 Certificate, string Key) Issue(X509Certificate2 root, string subject, DateTimeOffset realNow, bool server)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        if (server)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
        }

        using var made = request.Create(root, realNow.AddDays(-1), realNow.AddYears(5), RandomNumberGenerator.GetBytes(12));
        using var complete = made.CopyWithPrivateKey(key);

        // Through PKCS#12, as the TLS layer of Windows refuses keys that live in memory only.
        return (X509CertificateLoader.LoadPkcs12(complete.Export(X509ContentType.Pkcs12), password: null), key.ExportPkcs8PrivateKeyPem());
    }

    private User? FromToken(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && _tokens.TryGetValue(header[7..].Trim(), out var user) ? user : null;

    private bool IsOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
