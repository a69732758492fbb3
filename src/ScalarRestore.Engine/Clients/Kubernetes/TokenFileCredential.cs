using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>A token in a file that somebody else renews, as for service accounts.</summary>
internal sealed class TokenFileCredential(string path, X509Certificate2? certificate, TimeProvider clock) : IKubeCredential
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly object _gate = new();
    private AuthenticationHeaderValue? _header;
    private DateTimeOffset _readAt;

    /// <inheritdoc/>
    public X509Certificate2? Certificate { get; } = certificate;

    /// <inheritdoc/>
    public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_header is not null && now - _readAt < Fresh)
                return _header;
        }

        string token;
        try
        {
            token = (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(
                "KubeConfigInvalid", FaultCategory.AuthenticationError, $"The token file '{path}' cannot be read: {e.Message}", path,
                "Make the file readable, or choose a context with other credentials.", e);
        }

        var header = FixedCredential.Bearer(token);
        lock (_gate)
        {
            (_header, _readAt) = (header, now);
        }

        return header;
    }

    /// <inheritdoc/>
    public bool Forget()
    {
        lock (_gate)
        {
            _header = null;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate?.Dispose();
}
