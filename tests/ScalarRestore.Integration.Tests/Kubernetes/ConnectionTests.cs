using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;
using ScalarRestore.Integration.Tests.Workloads;

namespace ScalarRestore.Integration.Tests.Kubernetes;

/// <summary>The ways into a cluster, over real TLS.</summary>
public sealed class ConnectionTests(WorkloadWorld world) : IClassFixture<WorkloadWorld>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalar-restore-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("kubeconfig")]
    [InlineData("kubeconfig-token")]
    [InlineData("kubeconfig-readonly")]
    public async Task Certificates_and_tokens_open_the_door(string file)
    {
        using var client = world.Client(ServiceMode.ReadOnly, Path.Combine(world.Sandbox.Folder, file));
        Assert.NotEmpty(await client.ListAsync(KubeResource.Namespaces, null, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_program_that_prints_a_token_is_run_without_a_shell()
    {
        if (OperatingSystem.IsWindows())
            return;

        var config = await File.ReadAllTextAsync(Path.Combine(world.Sandbox.Folder, "kubeconfig-token"));
        var token = config.Split("token: ")[1].Split('\n')[0].Trim();
        var script = Write("plugin.sh", "#!/bin/sh\nprintf '{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"%s\"}}' \"$1\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var changed = Write("config", config.Replace($"token: {token}", $"exec: {{command: ./plugin.sh, args: [\"{token}\", \"; exit 1\"], apiVersion: client.authentication.k8s.io/v1}}", StringComparison.Ordinal));
        var connection = new KubernetesConnection { KubeConfigPath = changed };

        Assert.Equal("ExecPluginNotAllowed", Assert.Throws<RestoreException>(() => KubernetesClientFactory.Create(connection, ServiceMode.ReadOnly, world.Clock)).Id);
        using var client = KubernetesClientFactory.Create(connection with { AllowExecPlugin = true }, ServiceMode.ReadOnly, world.Clock);
        Assert.NotEmpty(await client.ListAsync(KubeResource.Namespaces, null, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_that_is_not_known_is_refused_and_not_shown()
    {
        var config = await File.ReadAllTextAsync(Path.Combine(world.Sandbox.Folder, "kubeconfig-token"));
        var token = config.Split("token: ")[1].Split('\n')[0].Trim();
        var fault = await FaultAsync(config.Replace(token, "some-other-token", StringComparison.Ordinal));
        Assert.Equal("ClusterUnauthorized", fault.Id);
        Assert.DoesNotContain("some-other-token", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_another_authority_is_not_trusted()
    {
        using var key = ECDsa.Create();
        using var stranger = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var ours = Convert.ToBase64String(await File.ReadAllBytesAsync(world.Sandbox.CaFile));
        var config = await File.ReadAllTextAsync(world.Sandbox.KubeconfigPath);
        Assert.Contains(ours, config, StringComparison.Ordinal);
        var theirs = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(stranger.ExportCertificatePem()));
        Assert.Equal("ClusterNotTrusted", (await FaultAsync(config.Replace(ours, theirs, StringComparison.Ordinal))).Id);
        Assert.Equal("ClusterNotTrusted", (await FaultAsync(config.Replace("    server:", "    tls-server-name: other.test\n    server:", StringComparison.Ordinal))).Id);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_named()
    {
        var config = await File.ReadAllTextAsync(world.Sandbox.KubeconfigPath);
        var fault = await FaultAsync(config.Replace(world.Sandbox.KubernetesUrl.GetLeftPart(UriPartial.Authority), "https://127.0.0.1:1", StringComparison.Ordinal));
        Assert.Equal(("ClusterUnreachable", "https://127.0.0.1:1"), (fault.Id, fault.Target));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<RestoreException> FaultAsync(string config)
    {
        using var client = world.Client(ServiceMode.ReadOnly, Write("config", config));
        return await Assert.ThrowsAsync<RestoreException>(() => client.ListAsync(KubeResource.Namespaces, null, null, CancellationToken.None));
    }
}
