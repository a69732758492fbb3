using System.Text;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    public static Task WriteAsync(HttpContext context, int code, JsonNode answer, CancellationToken cancellationToken) =>
        WriteAsync(context, code, "application/json", Encoding.UTF8.GetBytes(answer.ToJsonString() + "\n"), cancellationToken);

    public static Task WriteTextAsync(HttpContext context, string text, CancellationToken cancellationToken) =>
        WriteAsync(context, 200, "text/plain", Encoding.UTF8.GetBytes(text), cancellationToken);

    public static async Task WriteAsync(HttpContext context, int code, string contentType, byte[] bytes, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }
}
