using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>A certificate, a token or a password from a kubeconfig, or nothing.</summary>
internal sealed class FixedCredential(AuthenticationHeaderValue? header, X509Certificate2? certificate) : IKubeCredential
{
    /// <inheritdoc/>
    public X509Certificate2? Certificate { get; } = certificate;

    /// <summary>A bearer token.</summary>
    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    /// <summary>A user's name and password.</summary>
    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <inheritdoc/>
    public ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken) => ValueTask.FromResult(header);

    /// <inheritdoc/>
    public bool Forget() => false;

    /// <inheritdoc/>
    public void Dispose() => Certificate?.Dispose();
}
