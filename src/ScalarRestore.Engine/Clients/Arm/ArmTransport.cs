using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Sends a request once: signs in, and reads the answer whatever its status is.</summary>
internal sealed class ArmTransport
{
    private readonly HttpPipeline _pipeline;
    private readonly TimeProvider _clock;

    /// <summary>Makes a transport; nothing is sent yet.</summary>
    public ArmTransport(ArmCloud cloud, TokenCredential credential, ArmClientSettings settings, ServiceMode mode, TimeProvider clock)
    {
        _clock = clock;
        Cloud = cloud;
        _pipeline = HttpPipelineBuilder.Build(
            new ArmPipelineOptions(settings),
            perCallPolicies: [],
            perRetryPolicies: [new ArmReadOnlyGuard(mode), new ArmHostGuard(cloud.Endpoint), new BearerTokenAuthenticationPolicy(credential, cloud.Scope)],
            new ResponseClassifier());
    }

    /// <summary>Where it sends to.</summary>
    public ArmCloud Cloud { get; }

    /// <summary>Sends one request.</summary>
    public async Task<ArmAnswer> SendAsync(string method, Uri url, JsonObject? body, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Parse(method);
        message.Request.Uri.Reset(url);
        message.Request.Headers.SetValue("Accept", "application/json");
        if (method is "PUT" or "PATCH" or "POST")
        {
            // Without any content, even an empty one, the platform itself sends a POST again when a kept-alive connection breaks.
            message.Request.Content = RequestContent.Create(body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString(PlanJson.Options)));
            message.Request.Headers.SetValue("Content-Type", "application/json");
        }

        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Read(message.Response);
    }

    private ArmAnswer Read(Response response) => new()
    {
        Status = response.Status,
        Body = Parse(response.Content),
        AsyncUrl = Url(response, "Azure-AsyncOperation"),
        LocationUrl = Url(response, "Location"),
        RetryAfter = RetryAfter(response),
        RequestId = Header(response, "x-ms-request-id") ?? response.ClientRequestId,
        CorrelationId = Header(response, "x-ms-correlation-request-id"),
    };

    private static JsonObject? Parse(BinaryData content)
    {
        try
        {
            return content.ToMemory().IsEmpty ? null : JsonNode.Parse(content.ToMemory().Span) as JsonObject;
        }
        catch (JsonException)
        {
            // A proxy's page. Whoever needs an object says so, without quoting it.
            return null;
        }
    }

    // The request went through: an operation whose URL leads elsewhere is followed at the resource itself.
    private Uri? Url(Response response, string header) =>
        Header(response, header) is { } text && Uri.TryCreate(Cloud.Endpoint, text, out var url) && ArmHostGuard.Trusts(Cloud.Endpoint, url) ? url : null;

    private TimeSpan? RetryAfter(Response response)
    {
        if (Number(Header(response, "x-ms-retry-after-ms") ?? Header(response, "retry-after-ms")) is { } milliseconds)
            return TimeSpan.FromMilliseconds(milliseconds);

        var text = Header(response, "Retry-After");
        if (Number(text) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - _clock.GetUtcNow() : null;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Header(Response response, string name) => response.Headers.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
