using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>A request as received.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Scheme, host and port as the caller named them: addresses in answers begin with this.</param>
/// <param name="Path">The path's parts, unescaped.</param>
/// <param name="Query">The query's parameters; names are compared without case.</param>
/// <param name="Body">The JSON object of the body; null where there is none.</param>
/// <param name="HasBrokenBody">Whether the body is there and is no JSON object.</param>
/// <param name="Token">The bearer token; null where there is none.</param>
internal sealed record ArmRequest(
    string Method, string Address, string[] Path, IReadOnlyDictionary<string, string> Query, JsonObject? Body, bool HasBrokenBody,
    string? Token)
{
    /// <summary>The whole path, for messages.</summary>
    public string PathText => "/" + string.Join('/', Path);

    public string? ApiVersion => Query.GetValueOrDefault("api-version");

    public static async Task<ArmRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var body = Parse(text);
        var authorization = request.Headers.Authorization.ToString();
        return new ArmRequest(
            request.Method,
            $"{request.Scheme}://{request.Host}",
            Split(request.Path.Value),
            request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body,
            body is null && !string.IsNullOrWhiteSpace(text),
            authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null);
    }

    public static string[] Split(string? path) => (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
