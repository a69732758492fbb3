using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>Makes clients from a kubeconfig or the pod's service account.</summary>
internal static class KubernetesClientFactory
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Makes a client. Nothing is sent yet.</summary>
    /// <exception cref="RestoreException">The connection is not described well enough, or in an unsafe way.</exception>
    public static IKubernetesClient Create(
        KubernetesConnection connection, ServiceMode mode, TimeProvider clock, KubeEnvironment? environment = null)
    {
        environment ??= KubeEnvironment.Current;
        var target = KubeConfig.Load(connection.KubeConfigPath, environment)?.Resolve(connection.Context, connection.AllowExecPlugin)
            ?? InCluster(environment)
            ?? throw new RestoreException(
                "KubeConfigNotFound",
                FaultCategory.ObjectNotFound,
                $"There is no kubeconfig: KUBECONFIG is not set, '{Path.Combine(environment.Home, ".kube", "config")}' does not exist, and this is no pod of a cluster.",
                "kubeconfig",
                "Name a kubeconfig with -KubeConfig, or set KUBECONFIG.");

        var credential = Credential(target, clock);
        var transport = new KubernetesTransport(Handler(target, credential), target.Server, credential, mode, clock, target.TlsServerName);
        var pinned = connection with
        {
            KubeConfigPath = connection.KubeConfigPath is { } path ? Path.GetFullPath(path) : null,
            Context = target.Context,
        };
        return new KubernetesClient(transport, pinned, target.Namespace);
    }

    /// <summary>The service account of the pod that this runs in; null if it runs in none.</summary>
    private static KubeTarget? InCluster(KubeEnvironment environment)
    {
        var tokenFile = Path.Combine(environment.ServiceAccountFolder, "token");
        if (environment.Get("KUBERNETES_SERVICE_HOST") is not { } host || !File.Exists(tokenFile))
            return null;

        var port = environment.Get("KUBERNETES_SERVICE_PORT_HTTPS") ?? environment.Get("KUBERNETES_SERVICE_PORT") ?? "443";
        var authority = Path.Combine(environment.ServiceAccountFolder, "ca.crt");
        var ns = Path.Combine(environment.ServiceAccountFolder, "namespace");
        return new KubeTarget
        {
            Server = new Uri(host.Contains(':', StringComparison.Ordinal) ? $"https://[{host}]:{port}" : $"https://{host}:{port}"),
            Namespace = File.Exists(ns) ? File.ReadAllText(ns).Trim() : "default",
            AuthorityPem = File.Exists(authority) ? File.ReadAllText(authority) : null,
            TokenFile = tokenFile,
            Source = environment.ServiceAccountFolder,
        };
    }

    private static IKubeCredential Credential(KubeTarget target, TimeProvider clock)
    {
        var certificate = ClientCertificate(target);
        if (target.TokenFile is { } file)
            return new TokenFileCredential(file, certificate, clock);

        if (target.Token is { } token)
            return new FixedCredential(FixedCredential.Bearer(token), certificate);

        if (target.Exec is { } plugin && certificate is null)
            return new ExecCredential(plugin, target, clock);

        AuthenticationHeaderValue? header = target.Basic is var (user, password) ? FixedCredential.Basic(user, password) : null;
        return new FixedCredential(header, certificate);
    }

    private static X509Certificate2? ClientCertificate(KubeTarget target)
    {
        if (target.CertificatePem is null)
            return null;

        try
        {
            return KubeCertificates.Client(target.CertificatePem, target.KeyPem ?? "");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable(target, "client certificate or its key", e);
        }
    }

    private static SocketsHttpHandler Handler(KubeTarget target, IKubeCredential credential)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => credential.Certificate!,
            },
        };
        if (target.Proxy is { } proxy)
        {
            var webProxy = new WebProxy(new UriBuilder(proxy) { UserName = "", Password = "" }.Uri);
            if (proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
                webProxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));

            handler.Proxy = webProxy;
        }

        if (target.AuthorityPem is { } pem)
            handler.SslOptions.CertificateChainPolicy = Policy(target, pem);

        return handler;
    }

    private static X509ChainPolicy Policy(KubeTarget target, string pem)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.AddRange(KubeCertificates.Authorities(pem));
        }
        catch (CryptographicException e)
        {
            throw Unusable(target, "certificate authority", e);
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw Unusable(target, "certificate authority", null);
    }

    private static RestoreException Unusable(KubeTarget target, string what, Exception? inner) => new(
        "KubeConfigInvalid",
        FaultCategory.ParserError,
        $"The {what} of '{target.Source}' is not usable PEM.",
        target.Source,
        "Renew the kubeconfig.",
        inner);
}
