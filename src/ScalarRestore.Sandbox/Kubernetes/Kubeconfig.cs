using System.Text;
using ScalarRestore.Sandbox.Kubernetes.Api;

namespace ScalarRestore.Sandbox.Kubernetes;

/// <summary>Writes the files by which clients find the cluster. Only their owner may read them, as helm wants it.</summary>
internal static class Kubeconfig
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string folder, Uri url, Authority authority)
    {
        WriteFile(Path.Combine(folder, "ca.crt"), authority.Certificate.ExportCertificatePem() + "\n");
        var certificate = $"""
                client-certificate-data: {Encode(authority.Client.ExportCertificatePem())}
                client-key-data: {Encode(authority.ClientKey)}
            """;
        WriteFile(Path.Combine(folder, "kubeconfig"), Render(url, authority, "sandbox", certificate));
        WriteFile(Path.Combine(folder, "kubeconfig-token"), Render(url, authority, "sandbox-token", $"    token: {authority.AdminToken}"));
        WriteFile(Path.Combine(folder, "kubeconfig-readonly"), Render(url, authority, "sandbox-readonly", $"    token: {authority.ReadOnlyToken}"));
    }

    private static string Render(Uri url, Authority authority, string name, string credential) => $"""
        apiVersion: v1
        kind: Config
        current-context: {name}
        clusters:
        - name: sandbox
          cluster:
            server: {url.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Encode(authority.Certificate.ExportCertificatePem())}
        users:
        - name: {name}
          user:
        {credential}
        contexts:
        - name: {name}
          context:
            cluster: sandbox
            user: {name}
            namespace: default

        """;

    private static string Encode(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem + "\n"));

    private static void WriteFile(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
    }
}
