using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Kubernetes;

public sealed class KubeConfigTests : IDisposable
{
    private const string Good =
        """
        apiVersion: v1
        kind: Config
        current-context: one
        clusters:
        - name: c1
          cluster: {server: "https://one.test:6443", tls-server-name: api.test, proxy-url: "http://proxy.test:3128"}
        contexts:
        - name: one
          context: {cluster: c1, user: u1, namespace: prod}
        - name: two
          context: {cluster: c1, user: gone}
        - name: three
          context: {cluster: gone}
        - name: four
          context: {cluster: c1, user: exec}
        users:
        - name: u1
          user: {token: the-token}
        - name: exec
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: no-such-plugin
              args: [get-token, "a b"]
              env: [{name: A, value: b}]
              installHint: install it
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_current_context_is_taken()
    {
        var target = Load(Good).Resolve(null, allowExecPlugin: false);
        Assert.Equal(("one", "https://one.test:6443/", "prod", "the-token", "api.test"), (target.Context, target.Server.ToString(), target.Namespace, target.Token, target.TlsServerName));
        Assert.Equal("http://proxy.test:3128/", target.Proxy!.ToString());
    }

    [Fact]
    public void JSON_is_fine_as_well() =>
        Assert.Equal("default", Load("""{"current-context":"a","clusters":[{"name":"c","cluster":{"server":"https://x"}}],"contexts":[{"name":"a","context":{"cluster":"c"}}]}""").Resolve(null, false).Namespace);

    [Theory]
    [InlineData("nope", "ContextNotFound", "four, one, three, two")]
    [InlineData("two", "KubeConfigInvalid", "the user 'gone', which is not there (line 11, column ")]
    [InlineData("three", "KubeConfigInvalid", "the cluster 'gone', which is not there (line 13, column ")]
    [InlineData("four", "ExecPluginNotAllowed", "line 22, column 7")]
    public void A_context_that_does_not_do_is_a_fault_that_names_it(string context, string id, string part)
    {
        var fault = Assert.Throws<RestoreException>(() => Load(Good).Resolve(context, allowExecPlugin: false));
        Assert.Equal(id, fault.Id);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Mend);
    }

    [Fact]
    public void An_exec_plugin_is_taken_only_if_allowed()
    {
        var plugin = Load(Good).Resolve("four", allowExecPlugin: true).Exec!;
        Assert.Equal(("no-such-plugin", "a b", "b", "install it"), (plugin.Command, plugin.Arguments[1], plugin.Variables["A"], plugin.InstallHint));
    }

    [Theory]
    [InlineData("clusters: [", "is not readable")]
    [InlineData("- a\n- b", "it must be a mapping")]
    [InlineData("kind: Pod", "its kind is 'Pod'")]
    [InlineData("clusters: 5", "'clusters' must be a list")]
    [InlineData("clusters:\n- cluster: {}", "without a 'name' (line 2, column 3)")]
    [InlineData("a: &x [1]\nb: *x", "aliases are not read")]
    [InlineData("a: 1\na: 2", "the key 'a' is there twice: ")]
    public void What_is_no_kubeconfig_is_a_fault_with_its_place(string text, string part)
    {
        var fault = Assert.Throws<RestoreException>(() => Load(text).Resolve(null, false));
        Assert.Equal("KubeConfigInvalid", fault.Id);
        Assert.Contains(part.TrimEnd(' ', ':'), fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"\(line \d+, column \d+\)", fault.Message);
        Assert.Equal(Path.Combine(_folder.Path, "config"), fault.Target);
    }

    [Theory]
    [InlineData("server: \"http://plain.test\"", "not an https URL")]
    [InlineData("server: nonsense", "not an https URL")]
    [InlineData("namespace: x", "without 'server'")]
    [InlineData("{server: \"https://x\", insecure-skip-tls-verify: true}", "is refused")]
    [InlineData("{server: \"https://x\", insecure-skip-tls-verify: maybe}", "neither true nor false")]
    [InlineData("{server: \"https://x\", certificate-authority-data: \"%%\"}", "not base64")]
    [InlineData("{server: \"https://x\", certificate-authority: no-such-file}", "cannot be read")]
    [InlineData("{server: \"https://x\", proxy-url: \"ftp://x\"}", "no http, https or socks5 URL")]
    public void A_cluster_that_cannot_be_trusted_is_a_fault(string cluster, string part)
    {
        var fault = Assert.Throws<RestoreException>(() => Load(
            $"""
            current-context: a
            clusters:
            - name: c
              cluster:
                {cluster}
            contexts:
            - name: a
              context: {"{"}cluster: c{"}"}
            """).Resolve(null, false));
        Assert.Equal("KubeConfigInvalid", fault.Id);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_never_show_in_faults()
    {
        var fault = Assert.Throws<RestoreException>(() => Load("""
            current-context: a
            clusters: [{name: c, cluster: {server: "https://x"}}]
            contexts: [{name: a, context: {cluster: c, user: u}}]
            users: [{name: u, user: {client-certificate-data: "c2VjcmV0%%"}}]
            """).Resolve(null, false));
        Assert.DoesNotContain("c2VjcmV0", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_joined_and_the_first_that_names_a_thing_wins()
    {
        var first = _folder.Write("first", "current-context: b\nclusters: [{name: c, cluster: {server: \"https://first\"}}]");
        var second = _folder.Write("second", "current-context: z\nclusters: [{name: c, cluster: {server: \"https://second\"}}]\ncontexts: [{name: b, context: {cluster: c}}]");
        var list = string.Join(Path.PathSeparator, first, Path.Combine(_folder.Path, "missing"), second);

        var target = KubeConfig.Load(null, Environment(("KUBECONFIG", list)))!.Resolve(null, false);

        Assert.Equal("https://first/", target.Server.ToString());
    }

    [Fact]
    public void Files_are_found_where_kubectl_finds_them()
    {
        Assert.Null(KubeConfig.Load(null, Environment()));
        _folder.Write(".kube/config", Good);
        Assert.NotNull(KubeConfig.Load(null, Environment()));
        Assert.Equal("KubeConfigNotFound", Assert.Throws<RestoreException>(() => KubeConfig.Load(null, Environment(("KUBECONFIG", "/no/such")))).Id);
        Assert.Equal("KubeConfigNotFound", Assert.Throws<RestoreException>(() => KubeConfig.Load(Path.Combine(_folder.Path, "no"), Environment())).Id);
        Assert.Equal(
            "KubeConfigNotFound",
            Assert.Throws<RestoreException>(() => KubernetesClientFactory.Create(
                new KubernetesConnection(), ServiceMode.ReadOnly, TimeProvider.System, Environment() with { Home = "/no/such" })).Id);
    }

    [Fact]
    public void A_pod_uses_its_service_account()
    {
        _folder.Write("sa/token", "t");
        _folder.Write("sa/namespace", "mine\n");
        using var client = KubernetesClientFactory.Create(
            new KubernetesConnection(), ServiceMode.ReadOnly, TimeProvider.System, Environment(("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("KUBERNETES_SERVICE_PORT", "6443")));
        Assert.Equal(("https://10.0.0.1:6443", "mine"), (client.Server, client.DefaultNamespace));
    }

    [Fact]
    public void Relative_paths_start_at_the_file()
    {
        _folder.Write("ca.pem", "-----PEM-----");
        var target = Load("""
            current-context: a
            clusters: [{name: c, cluster: {server: "https://x", certificate-authority: ca.pem}}]
            contexts: [{name: a, context: {cluster: c}}]
            """).Resolve(null, false);
        Assert.Equal("-----PEM-----", target.AuthorityPem);
    }

    private KubeConfig Load(string text) => KubeConfig.Load(_folder.Write("config", text), Environment())!;

    private KubeEnvironment Environment(params (string Name, string Value)[] variables) => new(
        name => variables.FirstOrDefault(variable => variable.Name == name).Value, _folder.Path, Path.Combine(_folder.Path, "sa"));
}
