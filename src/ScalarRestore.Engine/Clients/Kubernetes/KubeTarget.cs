namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>One API server and one identity, as a kubeconfig's context names them. Holds credentials: never shown, never journaled.</summary>
internal sealed class KubeTarget
{
    /// <summary>The API server.</summary>
    public required Uri Server { get; init; }

    /// <summary>The context's name; null for a service account.</summary>
    public string? Context { get; init; }

    /// <summary>The context's namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The authorities to trust instead of the system's, in PEM.</summary>
    public string? AuthorityPem { get; init; }

    /// <summary>The name that the server's certificate must bear, where it is not the URL's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The proxy; null follows the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>A client certificate, in PEM.</summary>
    public string? CertificatePem { get; init; }

    /// <summary>Its key, in PEM.</summary>
    public string? KeyPem { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file that holds one.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A name and a password.</summary>
    public (string User, string Password)? Basic { get; init; }

    /// <summary>A program that obtains credentials.</summary>
    public ExecPlugin? Exec { get; init; }

    /// <summary>Where all this stands, for messages.</summary>
    public required string Source { get; init; }
}
