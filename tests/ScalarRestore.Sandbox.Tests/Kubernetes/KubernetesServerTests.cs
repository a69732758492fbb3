using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScalarRestore.Sandbox.Hosting;
using ScalarRestore.Sandbox.Kubernetes;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

/// <summary>The server without a listener.</summary>
public sealed class KubernetesServerTests : IAsyncLifetime
{
    private const string Workload =
        """{"metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web","v":"1"}},"spec":{"containers":[{"name":"c","image":"i","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}]}}}}""";

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["app"] = "web" };

    private readonly string _folder = Directory.CreateTempSubdirectory("kubernetes-server-").FullName;
    private readonly KubernetesServer _server;
    private readonly string _token;

    public KubernetesServerTests()
    {
        _server = new KubernetesServer(new SandboxClock(DateTimeOffset.UtcNow, 50, TimeProvider.System), new KubernetesSettings(), new CallLog(), _folder, seed: 1);
        _server.WriteKubeconfigs(new Uri("https://127.0.0.1:6443"));
        _token = File.ReadLines(Path.Combine(_folder, "kubeconfig-token")).First(line => line.Contains("token: ", StringComparison.Ordinal)).Split("token: ")[1];
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("GET", "/version", "GET /version", null, false)]
    [InlineData("GET", "/api/v1/namespaces/n/pods", "LIST pods", "n", false)]
    [InlineData("GET", "/api/v1/namespaces/n/pods?watch=1", "WATCH pods", "n", false)]
    [InlineData("GET", "/api/v1/namespaces/n/pods/p/log", "GET pods/log", "n/p", false)]
    [InlineData("GET", "/api/v1/namespaces/n", "GET namespaces", "n", false)]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/n/deployments/d", "PATCH deployments", "n/d", true)]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/n/deployments/d/scale", "PATCH deployments/scale", "n/d", true)]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/n/deployments/d?dryRun=All", "PATCH deployments", "n/d", false)]
    [InlineData("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "POST selfsubjectaccessreviews", null, false)]
    [InlineData("DELETE", "/apis/rbac.authorization.k8s.io/v1/clusterroles/r", "DELETE clusterroles", "r", true)]
    public void Describes_requests(string method, string url, string operation, string? resource, bool isWrite)
    {
        var request = Request(method, url).Request;

        Assert.Equal((operation, resource, isWrite), KubernetesServer.Describe(request));
    }

    [Fact]
    public async Task A_pod_runs_on_when_only_its_object_is_removed()
    {
        await CreateAsync("secrets", """{"metadata":{"name":"s"},"stringData":{"k":"v"}}""");
        await CreateAsync("deployments", Workload);
        await RunningAsync(2);
        _server.SetPodBehaviour("default", "web", PodBehaviour.NeverTerminate);
        await SendAsync("PATCH", "/apis/apps/v1/namespaces/default/deployments/web", """{"spec":{"replicas":0}}""");
        await SendAsync("DELETE", "/api/v1/namespaces/default/pods", """{"gracePeriodSeconds":0}""");

        Assert.Empty((await SendAsync("GET", "/api/v1/namespaces/default/pods"))["items"]!.AsArray());
        Assert.Equal(2, _server.RunningPods("default", Labels));
        _server.SetPodBehaviour("default", "web", PodBehaviour.Normal);
        await RunningAsync(0);
    }

    [Fact]
    public async Task A_pod_waits_for_what_it_reads_and_keeps_what_it_read()
    {
        await CreateAsync("deployments", Workload);
        await ClusterFixture.UntilAsync(
            () => SendAsync("GET", "/api/v1/namespaces/default/pods"),
            pods => pods["items"]!.AsArray() is { Count: 2 } items && items.All(pod => Waiting(pod!) == "CreateContainerConfigError"));
        Assert.Equal(0, _server.RunningPods("default", Labels));

        await CreateAsync("secrets", """{"metadata":{"name":"s"},"stringData":{"k":"old"}}""");
        await RunningAsync(2);
        await SendAsync("PATCH", "/api/v1/namespaces/default/secrets/s", """{"stringData":{"k":"new"}}""");

        var mounts = _server.Dump()["pods"]!.AsObject().Select(pod => pod.Value!["mounts"]![0]!).ToList();
        Assert.All(mounts, mount => Assert.Equal("b2xk", (string?)mount["data"]!["k"]));
        Assert.Equal(0, _server.RunningPods("default", new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = "other" }));
    }

    [Fact]
    public async Task A_rolling_update_never_goes_below_its_bounds()
    {
        await CreateAsync("secrets", """{"metadata":{"name":"s"},"stringData":{"k":"v"}}""");
        await CreateAsync("deployments", Workload.Replace("\"replicas\":2", "\"replicas\":4", StringComparison.Ordinal));
        await ClusterFixture.UntilAsync(
            () => SendAsync("GET", "/apis/apps/v1/namespaces/default/deployments/web"),
            found => (int?)found["status"]?["availableReplicas"] == 4);
        await SendAsync("PATCH", "/apis/apps/v1/namespaces/default/deployments/web", """{"spec":{"template":{"metadata":{"labels":{"v":"2"}}}}}""");

        var done = await ClusterFixture.UntilAsync(
            () => SendAsync("GET", "/apis/apps/v1/namespaces/default/deployments/web"),
            found =>
            {
                var status = found["status"]!;
                Assert.True(((int?)status["availableReplicas"] ?? 0) >= 3, status.ToJsonString());
                Assert.True(((int?)status["replicas"] ?? 0) <= 5, status.ToJsonString());

                // Until the controller has seen the change, the status is that of the old template.
                return (int?)status["observedGeneration"] == (int?)found["metadata"]!["generation"]
                    && (int?)status["updatedReplicas"] == 4
                    && (int?)status["replicas"] == 4
                    && (int?)status["availableReplicas"] == 4;
            });
        Assert.Equal("2", (string?)done["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]);
    }

    [Fact]
    public void Kubeconfigs_are_for_their_owner_only()
    {
        foreach (var name in new[] { "kubeconfig", "kubeconfig-token", "kubeconfig-readonly", "ca.crt" })
        {
            var path = Path.Combine(_folder, name);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), name);
        }
    }

    private static string? Waiting(JsonNode pod) => (string?)pod["status"]!["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"];

    private static DefaultHttpContext Request(string method, string url, string? body = null)
    {
        var parts = url.Split('?');
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = parts[0];
        context.Request.QueryString = new QueryString(parts.Length > 1 ? $"?{parts[1]}" : "");
        context.Request.ContentType = method == "PATCH" ? "application/strategic-merge-patch+json" : "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private Task<JsonNode> CreateAsync(string plural, string json) =>
        SendAsync("POST", plural == "deployments" ? "/apis/apps/v1/namespaces/default/deployments" : $"/api/v1/namespaces/default/{plural}", json);

    private async Task<JsonNode> SendAsync(string method, string url, string? body = null)
    {
        var context = Request(method, url, body);
        context.Request.Headers.Authorization = $"Bearer {_token}";
        await _server.HandleAsync(context);
        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        Assert.True(context.Response.StatusCode < 300, text);
        return JsonNode.Parse(text)!;
    }

    private Task RunningAsync(int count) =>
        ClusterFixture.UntilAsync(() => Task.FromResult(_server.RunningPods("default", Labels)), running => running == count);
}
