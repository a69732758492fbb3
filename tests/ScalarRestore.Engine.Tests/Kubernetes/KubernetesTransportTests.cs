using System.Net;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Tests.Workloads;

namespace ScalarRestore.Engine.Tests.Kubernetes;

public sealed class KubernetesTransportTests
{
    [Fact]
    public async Task Reads_are_tried_again_and_the_server_says_when()
    {
        var clock = new FastClock();
        var began = clock.GetUtcNow();
        var busy = Status(429, "TooManyRequests");
        busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
        using var client = Client(ServiceMode.ReadOnly, clock, busy, Status(503, ""), new HttpRequestException("reset", new IOException("reset")), Ok("""{"items":[]}"""));

        Assert.Empty(await client.ListAsync(KubeResource.Pods, "prod", "a=b", CancellationToken.None));

        Assert.True(clock.GetUtcNow() - began > TimeSpan.FromSeconds(7.5));
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_not_sent_twice()
    {
        using var client = Client(ServiceMode.ReadWrite, new FastClock(), new HttpRequestException("reset", new IOException("reset")), Ok("{}"));
        var fault = await Assert.ThrowsAsync<RestoreException>(() => client.CreateAsync(KubeResource.Secrets, "prod", [], CancellationToken.None));
        Assert.Equal(("ClusterUnreachable", true), (fault.Id, fault.Retryable));
    }

    [Fact]
    public async Task Nothing_but_reads_passes_in_read_only_mode()
    {
        using var client = Client(ServiceMode.ReadOnly, new FastClock());
        foreach (var change in new Func<Task>[]
        {
            () => client.CreateAsync(KubeResource.Secrets, "prod", [], CancellationToken.None),
            () => client.ReplaceAsync(KubeResource.Secrets, "prod", "x", [], CancellationToken.None),
            () => client.PatchAsync(KubeResource.Secrets, "prod", "x", KubePatchType.Merge, new JsonObject(), CancellationToken.None),
            () => client.DeleteAsync(KubeResource.Secrets, "prod", "x", null, CancellationToken.None),
        })
        {
            Assert.Equal("ReadOnlyMode", (await Assert.ThrowsAsync<RestoreException>(change)).Id);
        }
    }

    [Theory]
    [InlineData(401, "Unauthorized", "ClusterUnauthorized")]
    [InlineData(403, "Forbidden", "ClusterForbidden")]
    [InlineData(404, "NotFound", "ResourceNotFound")]
    [InlineData(409, "AlreadyExists", "ResourceExists")]
    [InlineData(409, "Conflict", "ResourceConflict")]
    [InlineData(413, "", "RequestTooLarge")]
    [InlineData(422, "Invalid", "ResourceRefused")]
    public async Task Answers_become_faults_that_name_the_thing_and_the_mend(int code, string reason, string id)
    {
        using var client = Client(ServiceMode.ReadWrite, new FastClock(), Status(code, reason));

        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => client.PatchAsync(KubeResource.Deployments, "prod", "db", KubePatchType.Merge, new JsonObject(), CancellationToken.None));

        Assert.Equal(id, fault.Id);
        Assert.Equal("https://cluster.test prod/db", fault.Target);
        Assert.NotNull(fault.Mend);
        Assert.DoesNotContain("the-token", fault.ToString(), StringComparison.Ordinal);
        if (code == 403)
        {
            Assert.Contains("patch deployments.apps 'db' in namespace 'prod'", fault.Message, StringComparison.Ordinal);
            Assert.Contains("{apiGroups: [\"apps\"], resources: [\"deployments\"], verbs: [\"patch\"]}", fault.Mend, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lists_go_over_all_pages()
    {
        using var client = Client(
            ServiceMode.ReadOnly,
            new FastClock(),
            Ok("""{"metadata":{"continue":"n/1="},"items":[{"a":1}]}"""),
            Ok("""{"metadata":{},"items":[{"a":2}]}"""));
        Assert.Equal([1, 2], (await client.ListAsync(KubeResource.Pods, null, null, CancellationToken.None)).Select(item => (int)item["a"]!));
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_a_fault_that_does_not_quote_it()
    {
        using var client = Client(ServiceMode.ReadOnly, new FastClock(), Ok("<html>secret</html>"));
        var fault = await Assert.ThrowsAsync<RestoreException>(() => client.GetAsync(KubeResource.Secrets, "prod", "x", CancellationToken.None));
        Assert.Equal("ClusterAnswerInvalid", fault.Id);
        Assert.DoesNotContain("<html>", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_is_read_again_when_its_token_is_refused()
    {
        using var folder = new TempFolder();
        var file = folder.Write("token", "old");
        var seen = new List<string?>();
        using var handler = new StubHandler([Status(401, ""), Ok("{}")], request =>
        {
            seen.Add(request.Headers.Authorization?.Parameter);
            folder.Write("token", "new");
        });
        using var client = new KubernetesClient(
            new KubernetesTransport(handler, new Uri("https://cluster.test"), new TokenFileCredential(file, null, TimeProvider.System), ServiceMode.ReadOnly, new FastClock()),
            new KubernetesConnection(),
            "default");

        await client.GetAsync(KubeResource.Pods, "prod", "x", CancellationToken.None);

        Assert.Equal(["old", "new"], seen);
    }

    private static KubernetesClient Client(ServiceMode mode, TimeProvider clock, params object[] answers) => new(
        new KubernetesTransport(
            new StubHandler(answers, _ => { }), new Uri("https://cluster.test"), new FixedCredential(FixedCredential.Bearer("the-token"), null), mode, clock),
        new KubernetesConnection(),
        "default");

    private static HttpResponseMessage Ok(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body) };

    private static HttpResponseMessage Status(int code, string reason) => new((HttpStatusCode)code)
    {
        Content = new StringContent($$"""{"kind":"Status","reason":"{{reason}}","message":"because","code":{{code}}}"""),
    };

    private sealed class StubHandler(object[] answers, Action<HttpRequestMessage> onRequest) : HttpMessageHandler
    {
        private int _next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            onRequest(request);
            return answers[_next++] switch
            {
                HttpResponseMessage answer => Task.FromResult(answer),
                Exception e => Task.FromException<HttpResponseMessage>(e),
                _ => throw new InvalidOperationException(),
            };
        }
    }
}
