using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Arm;

/// <summary>Azure in memory: gives the answers that were lined up, an exception being one too, and keeps what was sent.</summary>
internal sealed class FakeAzure : HttpMessageHandler
{
    public const string Account = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/acc";
    public const string Server = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.DBforMySQL/flexibleServers/srv";

    /// <summary>What must never be seen in any text.</summary>
    public const string Canary = "CANARY";

    private readonly Queue<object> _answers = new();

    public FastClock Clock { get; } = new();

    public ArmCallCounter Counter { get; } = new();

    /// <summary>What was sent, as method and path with query.</summary>
    public List<string> Sent { get; } = [];

    public List<string> Bodies { get; } = [];

    public List<DateTimeOffset> Times { get; } = [];

    /// <summary>The token of the credential.</summary>
    public string Token { get; init; } = "token-" + Canary;

    public static string SignedUrl(string kind, string host = "management.azure.com") =>
        $"https://{host}/subscriptions/s1/providers/Microsoft.DocumentDB/locations/westus/{kind}/11111111-1111-1111-1111-111111111111?api-version=2025-10-15&t=1&c={Canary}&s={Canary}&h={Canary}";

    public FakeAzure Then(int status, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue((status, body, headers));
        return this;
    }

    public FakeAzure Then(Exception exception)
    {
        _answers.Enqueue(exception);
        return this;
    }

    public ArmClient Client(ServiceMode mode = ServiceMode.ReadWrite, ArmClientSettings? settings = null, ArmCloud? cloud = null, TokenCredential? credential = null)
    {
        settings = (settings ?? new ArmClientSettings()) with { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };
        var transport = new ArmTransport(cloud ?? ArmCloud.Public, credential ?? DelegatedTokenCredential.Create((_, _) => new AccessToken(Token, DateTimeOffset.MaxValue)), settings, mode, Clock);
        var calls = new ArmCalls(Clock, Counter, settings.Observer, new Random(1), mode);
        return new ArmClient(new ArmSender(transport, calls, new ArmApiVersions(settings.ApiVersions), Clock));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("Bearer " + Token, request.Headers.Authorization!.ToString());
        Sent.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Times.Add(Clock.GetUtcNow());
        Assert.NotEmpty(_answers);
        var next = _answers.Dequeue();
        if (next is Exception exception)
            throw exception;

        var (status, body, headers) = ((int, string, (string, string)[]))next;
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        answer.Headers.Add("x-ms-request-id", "req-1");
        answer.Headers.Add("x-ms-correlation-request-id", "corr-1");
        foreach (var (name, value) in headers)
            answer.Headers.TryAddWithoutValidation(name, value);

        return answer;
    }
}
