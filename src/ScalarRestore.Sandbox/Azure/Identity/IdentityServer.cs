using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Identity;

/// <summary>
/// The managed-identity endpoint in its two forms: that of App Service and Automation, where a GET carries X-IDENTITY-HEADER, and that of
/// Cloud Shell, where a POST carries a form, which azure-cli uses when MSI_ENDPOINT is set (domain/azure.md, sections 5 and 7).
/// </summary>
internal sealed class IdentityServer(TokenStore tokens) : ICallTarget
{
    /// <summary>The path of the form with a header.</summary>
    public const string HeaderPath = "/identity/token";

    /// <summary>The path of the form without one.</summary>
    public const string PostPath = "/MSI/token";

    public ValueTask<CallDescription> DescribeAsync(HttpContext context) =>
        ValueTask.FromResult(new CallDescription("identity", "GetToken", Resource: null, IsWrite: false));

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        switch (request.Method, request.Path.Value)
        {
            case ("GET", HeaderPath):
                if (request.Headers["X-IDENTITY-HEADER"] != tokens.Header)
                    await WriteAsync(context, 401, Error("Unauthorized", "The X-IDENTITY-HEADER is missing or not valid."));
                else if (request.Query["api-version"] != "2019-08-01")
                    await WriteAsync(context, 400, Error("BadRequest", "The api-version is not supported."));
                else
                    await IssueAsync(context, request.Query["resource"], request.Query["client_id"]);

                break;
            case ("POST", PostPath) when request.HasFormContentType:
                var form = await request.ReadFormAsync(context.RequestAborted);
                if (request.Headers["Metadata"] != "true")
                    await WriteAsync(context, 400, Error("BadRequest", "Required metadata header not specified."));
                else
                    await IssueAsync(context, form["resource"], form["client_id"]);

                break;
            default:
                await WriteAsync(context, 404, Error("NotFound", $"No such path: {request.Method} {request.Path}"));
                break;
        }
    }

    public Task RefuseAsync(HttpContext context, Refusal refusal) => WriteAsync(
        context,
        refusal.Status ?? (refusal.IsThrottle ? 429 : 500),
        Error(refusal.Code ?? (refusal.IsThrottle ? "TooManyRequests" : "InternalServerError"), "Injected by the fault plan."));

    private Task IssueAsync(HttpContext context, string? resource, string? clientId)
    {
        if (string.IsNullOrEmpty(resource))
            return WriteAsync(context, 400, Error("BadRequest", "The resource is missing."));

        var token = tokens.Issue(resource, string.IsNullOrEmpty(clientId) ? null : clientId);
        var expiresOn = token.ExpiresOn.ToUnixTimeSeconds();
        return WriteAsync(context, 200, new JsonObject
        {
            ["access_token"] = token.Text,
            ["expires_on"] = expiresOn.ToString(CultureInfo.InvariantCulture),
            ["resource"] = token.Resource,
            ["token_type"] = "Bearer",
            ["client_id"] = token.ObjectId,
        });
    }

    private static JsonObject Error(string code, string message) => new()
    {
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
    };

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
