using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>Puts answers and errors on the wire.</summary>
internal static class ArmWriter
{
    public static async Task WriteAsync(HttpContext context, ArmAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        var id = Guid.NewGuid().ToString();
        response.Headers["x-ms-request-id"] = id;
        response.Headers["x-ms-correlation-request-id"] = id;
        response.Headers["x-ms-routing-request-id"] = $"SANDBOX:{id}";
        response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers["x-ms-client-request-id"].ToString() is { Length: > 0 } clientId)
            response.Headers["x-ms-client-request-id"] = clientId;

        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;

        if (answer.Body is not { } json)
        {
            if (answer.Status != 204)
                response.ContentLength = 0;

            return;
        }

        var body = Encoding.UTF8.GetBytes(json.ToJsonString(SandboxJson.Options));
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static Task WriteErrorAsync(HttpContext context, ArmException error)
    {
        if (error.Challenge is { } challenge)
            context.Response.Headers.WWWAuthenticate = challenge;

        if (error.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        context.Response.Headers["x-ms-failure-cause"] = "gateway";
        return WriteAsync(
            context,
            new ArmAnswer(
                error.Status,
                new JsonObject { ["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message } }));
    }
}
