using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

/// <summary>What the API promises on the wire, asked without any client between.</summary>
public sealed class KubernetesApiTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const string Workload =
        """{"metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";

    [Fact]
    public async Task Strangers_are_unauthorized()
    {
        using var stranger = cluster.Http("no-such-token");
        using var answer = await stranger.GetAsync("/version");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Unauthorized", (string?)(await ClusterFixture.ReadAsync(answer))["reason"]);
    }

    [Fact]
    public async Task Says_its_version_and_groups()
    {
        using var client = cluster.Http();

        Assert.StartsWith("v1.26.", (string?)(await GetAsync(client, "/version"))["gitVersion"], StringComparison.Ordinal);
        var groups = (await GetAsync(client, "/apis"))["groups"]!.AsArray().Select(group => (string?)group!["name"]).ToList();
        Assert.Contains("apps", groups);
        Assert.DoesNotContain("argoproj.io", groups);
    }

    [Fact]
    public async Task Missing_things_are_named()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        using var answer = await client.GetAsync($"/apis/apps/v1/namespaces/{ns}/deployments/x");

        var status = await ClusterFixture.ReadAsync(answer);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("deployments.apps \"x\" not found", (string?)status["message"]);
        Assert.Equal("apps", (string?)status["details"]!["group"]);
        using var nowhere = await client.PostAsync("/api/v1/namespaces/nowhere/configmaps", ClusterFixture.Json("""{"metadata":{"name":"m"}}"""));
        Assert.Equal("namespaces \"nowhere\" not found", (string?)(await ClusterFixture.ReadAsync(nowhere))["message"]);
    }

    [Fact]
    public async Task A_stale_write_is_a_conflict()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        var made = await PostAsync(client, $"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"m"},"data":{"a":"1"}}""");
        var url = $"/api/v1/namespaces/{ns}/configmaps/m";
        var version = (string?)made["metadata"]!["resourceVersion"];
        var patch = $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"a":"2"}}""";

        using var first = await client.PatchAsync(url, ClusterFixture.Json(patch, "application/merge-patch+json"));
        using var second = await client.PatchAsync(url, ClusterFixture.Json(patch.Replace("\"a\":\"2\"", "\"a\":\"3\"", StringComparison.Ordinal), "application/merge-patch+json"));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("Conflict", (string?)(await ClusterFixture.ReadAsync(second))["reason"]);
    }

    [Fact]
    public async Task Old_versions_cannot_be_watched()
    {
        using var client = cluster.Http();

        var line = (await client.GetStringAsync("/api/v1/pods?watch=true&resourceVersion=1")).Trim();

        var seen = JsonNode.Parse(line)!;
        Assert.Equal("ERROR", (string?)seen["type"]);
        Assert.Equal(410, (int)seen["object"]!["code"]!);
    }

    [Fact]
    public async Task A_watch_tells_what_enters_and_leaves_its_selector_and_ends_in_time()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        var url = $"/api/v1/namespaces/{ns}/configmaps";
        using var answer = await client.GetAsync($"{url}?watch=true&labelSelector=app%3Da&timeoutSeconds=2", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        await PostAsync(client, url, """{"metadata":{"name":"m"}}""");
        foreach (var label in new[] { "a", "b" })
        {
            using var patched = await client.PatchAsync($"{url}/m", ClusterFixture.Json($$$$"""{"metadata":{"labels":{"app":"{{{{label}}}}"}}}""", "application/merge-patch+json"));
            patched.EnsureSuccessStatusCode();
        }

        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["ADDED", "DELETED"], lines.Select(line => (string?)JsonNode.Parse(line)!["type"]));
    }

    [Fact]
    public async Task Bookmarks_come_where_asked_for()
    {
        using var client = cluster.Http();

        // The sandbox runs fast, so the minute between two bookmarks is short.
        var text = await client.GetStringAsync("/api/v1/nodes?watch=true&allowWatchBookmarks=true&timeoutSeconds=5");

        Assert.Contains("\"type\":\"BOOKMARK\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        for (var i = 0; i < 5; i++)
        {
            await PostAsync(client, $"/api/v1/namespaces/{ns}/secrets", $$$"""{"metadata":{"name":"s{{{i}}}"}}""");
        }

        List<string?> names = [];
        var mark = "";
        do
        {
            var page = await GetAsync(client, $"/api/v1/namespaces/{ns}/secrets?limit=2&continue={Uri.EscapeDataString(mark)}");
            names.AddRange(page["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]));
            mark = (string?)page["metadata"]!["continue"] ?? "";
        }
        while (mark.Length > 0);

        Assert.Equal(["s0", "s1", "s2", "s3", "s4"], names);
    }

    [Fact]
    public async Task A_dry_run_answers_and_keeps_nothing()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();

        var shown = await PostAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments?dryRun=All", Workload);

        Assert.NotNull(shown["metadata"]!["uid"]);
        Assert.Empty((await GetAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Pods_that_never_terminate_stay_terminating()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        await RunAsync(client, ns);
        await BehaveAsync(ns, "neverTerminate");
        await ScaleAsync(client, ns, 0);
        await ClusterFixture.UntilAsync(
            () => GetAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments/web"),
            found => (int?)found["status"]!["observedGeneration"] == (int?)found["metadata"]!["generation"] && found["status"]!["replicas"] is null);

        await cluster.Sandbox.Clock.Delay(TimeSpan.FromSeconds(40));
        var pods = (await GetAsync(client, $"/api/v1/namespaces/{ns}/pods"))["items"]!.AsArray();
        Assert.Equal(2, pods.Count);
        Assert.All(pods, pod => Assert.NotNull(pod!["metadata"]!["deletionTimestamp"]));

        await BehaveAsync(ns, "normal");
        await ClusterFixture.UntilAsync(() => GetAsync(client, $"/api/v1/namespaces/{ns}/pods"), found => found["items"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task Crashing_pods_count_their_restarts()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        await RunAsync(client, ns);
        await BehaveAsync(ns, "crashLoop");

        await ClusterFixture.UntilAsync(
            () => GetAsync(client, $"/api/v1/namespaces/{ns}/pods"),
            found => found["items"]!.AsArray().All(pod => (int)pod!["status"]!["containerStatuses"]![0]!["restartCount"]! >= 2));
    }

    [Fact]
    public async Task An_autoscaler_wakes_only_a_target_that_runs()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var client = cluster.Http();
        await PostAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments", Workload.Replace("\"replicas\":2", "\"replicas\":0", StringComparison.Ordinal));
        await PostAsync(
            client,
            $"/apis/autoscaling/v2/namespaces/{ns}/horizontalpodautoscalers",
            """{"metadata":{"name":"h"},"spec":{"minReplicas":3,"maxReplicas":5,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}""");
        await cluster.Sandbox.Clock.Delay(TimeSpan.FromSeconds(40));
        Assert.Equal(0, await ReplicasAsync(client, ns));

        await ScaleAsync(client, ns, 1);
        await ClusterFixture.UntilAsync(() => ReplicasAsync(client, ns), replicas => replicas == 3);
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url);
        answer.EnsureSuccessStatusCode();
        return await ClusterFixture.ReadAsync(answer);
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string url, string json)
    {
        using var answer = await client.PostAsync(url, ClusterFixture.Json(json));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await ClusterFixture.ReadAsync(answer);
    }

    private static async Task RunAsync(HttpClient client, string ns)
    {
        await PostAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments", Workload);
        await ClusterFixture.UntilAsync(() => GetAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments/web"), found => (int?)found["status"]?["readyReplicas"] == 2);
    }

    private static async Task ScaleAsync(HttpClient client, string ns, int replicas)
    {
        using var answer = await client.PatchAsync(
            $"/apis/apps/v1/namespaces/{ns}/deployments/web/scale",
            ClusterFixture.Json($$$"""{"spec":{"replicas":{{{replicas}}}}}""", "application/merge-patch+json"));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<int> ReplicasAsync(HttpClient client, string ns) =>
        (int)(await GetAsync(client, $"/apis/apps/v1/namespaces/{ns}/deployments/web"))["spec"]!["replicas"]!;

    private Task BehaveAsync(string ns, string behaviour) =>
        cluster.Sandbox.Control.SendAsync(HttpMethod.Post, "pods/behaviour", $$$"""{"namespace":"{{{ns}}}","deployment":"web","behaviour":"{{{behaviour}}}"}""");
}
