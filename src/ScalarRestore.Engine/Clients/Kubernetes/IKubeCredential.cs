using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>What proves to the API server who we are.</summary>
internal interface IKubeCredential : IDisposable
{
    /// <summary>The client certificate to show; null for none, or not yet.</summary>
    X509Certificate2? Certificate { get; }

    /// <summary>The header for the next request; null for none.</summary>
    ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken);

    /// <summary>The server refused the last header. True if another may be had.</summary>
    bool Forget();
}
