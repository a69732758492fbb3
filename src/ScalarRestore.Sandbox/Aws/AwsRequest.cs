using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ScalarRestore.Sandbox.Aws.Signing;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>A request as received: its bytes, and what they say once parsed.</summary>
internal sealed class AwsRequest : IDisposable
{
    private readonly JsonDocument? _json;

    private AwsRequest(
        byte[] body, AwsProtocol protocol, string target, string operation, JsonDocument? json, IReadOnlyDictionary<string, string> form,
        Authorization? authorization)
    {
        Body = body;
        Protocol = protocol;
        Target = target;
        Operation = operation;
        _json = json;
        Form = form;
        Authorization = authorization;
    }

    /// <summary>The bytes that were signed.</summary>
    public byte[] Body { get; }

    public AwsProtocol Protocol { get; }

    /// <summary>The prefix of X-Amz-Target, or the service of the credential scope for forms.</summary>
    public string Target { get; }

    public string Operation { get; }

    /// <summary>The JSON input; undefined for forms.</summary>
    public JsonElement Input => _json?.RootElement ?? default;

    /// <summary>The form's fields; empty for JSON.</summary>
    public IReadOnlyDictionary<string, string> Form { get; }

    /// <summary>The parsed Authorization header; null where there is none.</summary>
    public Authorization? Authorization { get; }

    public static async Task<AwsRequest> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 1024, 0, 16 << 20));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var body = buffer.ToArray();
        var authorization = Authorization.Parse(request.Headers.Authorization.ToString());
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
        {
            var dot = target.LastIndexOf('.');
            var isJson11 = request.ContentType?.Contains("json-1.1", StringComparison.OrdinalIgnoreCase) is true;
            var protocol = isJson11 ? AwsProtocol.Json11 : AwsProtocol.Json10;
            return new AwsRequest(body, protocol, target[..Math.Max(dot, 0)], target[(dot + 1)..], Parse(body), EmptyForm, authorization);
        }

        var form = QueryHelpers.ParseQuery(body.Length > 0 ? Encoding.UTF8.GetString(body) : request.QueryString.Value)
            .ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var service = authorization?.Service ?? "sts";
        return new AwsRequest(body, AwsProtocol.Query, service, form.GetValueOrDefault("Action", ""), json: null, form, authorization);
    }

    public void Dispose() => _json?.Dispose();

    private static readonly Dictionary<string, string> EmptyForm = [];

    // A body that is no JSON is answered as AWS does (SerializationException), not by a broken connection.
    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
