using System.Security.Cryptography.X509Certificates;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>Reads certificates from PEM.</summary>
internal static class KubeCertificates
{
    /// <summary>A client certificate with its key, in a form that TLS takes on every platform.</summary>
    public static X509Certificate2 Client(string certificatePem, string keyPem)
    {
        var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        if (!OperatingSystem.IsWindows())
            return certificate;

        // Windows' TLS cannot use a key that exists in memory only.
        using (certificate)
        {
            return new X509Certificate2(certificate.Export(X509ContentType.Pfx));
        }
    }

    /// <summary>All certificates of a PEM text.</summary>
    public static X509Certificate2Collection Authorities(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return all;
    }
}
