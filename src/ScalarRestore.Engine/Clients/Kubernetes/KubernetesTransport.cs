using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>Sends calls to the API server: credentials, retries, and the refusal of changes in read-only mode.</summary>
internal sealed class KubernetesTransport : IDisposable
{
    private const int Attempts = 6;

    /// <summary>The most that an answer may hold; lists of release records are the largest.</summary>
    private const long MaxAnswer = 256L * 1024 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;
    private readonly IKubeCredential _credential;
    private readonly ServiceMode _mode;
    private readonly TimeProvider _clock;
    private readonly string? _hostHeader;
    private readonly Uri _root;

    /// <summary>Makes a transport that owns the handler and the credential.</summary>
    public KubernetesTransport(
        HttpMessageHandler handler, Uri server, IKubeCredential credential, ServiceMode mode, TimeProvider clock, string? tlsServerName = null)
    {
        // The network keeps the machine's time, however fast the engine's clock goes.
        _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = MaxAnswer };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ScalarRestore", typeof(KubernetesTransport).Assembly.GetName().Version?.ToString(3)));
        _credential = credential;
        _mode = mode;
        _clock = clock;
        _hostHeader = tlsServerName;
        _root = server.AbsolutePath.EndsWith('/') ? server : new Uri(server + "/");
        Server = server.ToString().TrimEnd('/');
    }

    /// <summary>The API server.</summary>
    public string Server { get; }

    /// <summary>Sends a call and returns the answer's text.</summary>
    /// <exception cref="RestoreException">No success; <see cref="RestoreException.Retryable"/> if it may have been done all the same.</exception>
    public async Task<string> SendAsync(KubeRequest request, CancellationToken cancellationToken)
    {
        if (_mode == ServiceMode.ReadOnly && request.Method != HttpMethod.Get)
        {
            throw new RestoreException(
                "ReadOnlyMode", FaultCategory.InvalidOperation, $"While planning, nothing may be changed: {request.Verb} {request.What} was not sent.", $"{Server} {request.What}");
        }

        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                using var message = await MessageAsync(request, cancellationToken).ConfigureAwait(false);
                using var answer = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                    return text;

                if (answer.StatusCode == HttpStatusCode.Unauthorized && !renewed && _credential.Forget())
                {
                    renewed = true;
                    continue;
                }

                var fault = KubeFaults.From(request, Server, answer.StatusCode, text);
                var again = answer.StatusCode == HttpStatusCode.TooManyRequests || (fault.Retryable && request.Repeatable);
                if (!again || attempt >= Attempts)
                    throw fault;

                pause = Asked(answer) ?? Backoff(attempt);
            }
            catch (Exception e) when (IsConnectionLoss(e, cancellationToken))
            {
                var fault = KubeFaults.Unreachable(request, Server, e);
                if (!fault.Retryable || attempt >= Attempts || !(request.Repeatable || NeverSent(e)))
                    throw fault;

                pause = Backoff(attempt);
            }

            await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _credential.Dispose();
    }

    private async Task<HttpRequestMessage> MessageAsync(KubeRequest request, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_root, request.Path));
        message.Headers.Authorization = await _credential.HeaderAsync(cancellationToken).ConfigureAwait(false);
        message.Headers.Accept.ParseAdd(request.SubResource == "log" ? "*/*" : "application/json");
        if (_hostHeader is not null)
            message.Headers.Host = _hostHeader;

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString(PlanJson.Options)));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return message;
    }

    private static bool IsConnectionLoss(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static bool NeverSent(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        || e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    private TimeSpan? Asked(HttpResponseMessage answer)
    {
        var after = answer.Headers.RetryAfter;
        var asked = after?.Delta ?? (after?.Date is { } date ? date - _clock.GetUtcNow() : null);
        return asked is { } span ? TimeSpan.FromTicks(Math.Clamp(span.Ticks, FirstPause.Ticks, LongestPause.Ticks)) : null;
    }

    private static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromTicks((long)(Math.Min(LongestPause.Ticks, FirstPause.Ticks << (attempt - 1)) * (0.75 + (Random.Shared.NextDouble() / 4))));
}
