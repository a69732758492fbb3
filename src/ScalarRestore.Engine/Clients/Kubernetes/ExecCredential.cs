using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>Credentials from a program, as the kubeconfig names it. It is run without a shell, and what it prints is never shown.</summary>
internal sealed class ExecCredential(ExecPlugin plugin, KubeTarget target, TimeProvider clock) : IKubeCredential
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How long before its end a token is given up.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private AuthenticationHeaderValue? _header;
    private DateTimeOffset _expires = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public X509Certificate2? Certificate { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (clock.GetUtcNow() + Early >= _expires)
                Take(await RunAsync(cancellationToken).ConfigureAwait(false));

            return _header;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public bool Forget()
    {
        _expires = DateTimeOffset.MinValue;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate?.Dispose();
        _gate.Dispose();
    }

    private void Take(string output)
    {
        JsonNode? status;
        try
        {
            status = JsonNode.Parse(output)?["status"];
        }
        catch (JsonException e)
        {
            throw Fault($"printed no ExecCredential (line {e.LineNumber + 1})");
        }

        var token = (string?)status?["token"];
        var certificate = (string?)status?["clientCertificateData"];
        if (token is null && certificate is null)
            throw Fault("printed an ExecCredential with neither a token nor a certificate");

        if (certificate is not null)
            Certificate = ReadCertificate(certificate, (string?)status?["clientKeyData"] ?? "");

        _header = token is null ? null : FixedCredential.Bearer(token);
        _expires = DateTimeOffset.TryParse(
            (string?)status?["expirationTimestamp"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            ? expires
            : DateTimeOffset.MaxValue;
    }

    private X509Certificate2 ReadCertificate(string certificate, string key)
    {
        try
        {
            return KubeCertificates.Client(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Fault("printed a certificate that cannot be used");
        }
    }

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(plugin.Command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in plugin.Arguments)
            start.ArgumentList.Add(argument);

        foreach (var (name, value) in plugin.Variables)
            start.Environment[name] = value;

        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo();
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            throw Fault($"cannot be started: {e.Message}", e);
        }

        process.StandardInput.Close();

        // The program runs on the machine's time, however fast the engine's clock goes.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw Fault($"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault($"did not end within {Patience}");
        }
    }

    private string ExecInfo()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (plugin.ProvideClusterInfo)
        {
            var cluster = new JsonObject { ["server"] = target.Server.ToString() };
            if (target.AuthorityPem is { } authority)
                cluster["certificate-authority-data"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(authority));

            if (target.TlsServerName is { } name)
                cluster["tls-server-name"] = name;

            spec["cluster"] = cluster;
        }

        return new JsonObject { ["apiVersion"] = plugin.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }

    private RestoreException Fault(string what, Exception? inner = null) => new(
        "ExecPluginFailed",
        FaultCategory.AuthenticationError,
        $"The program '{plugin.Command}' that the kubeconfig '{target.Source}' obtains its credentials from {what}.",
        target.Source,
        plugin.InstallHint ?? $"Run 'kubectl get namespaces' to see what '{plugin.Command}' says.",
        inner);
}
