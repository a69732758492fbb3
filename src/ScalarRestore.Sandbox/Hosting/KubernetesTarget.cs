using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ScalarRestore.Sandbox.Kubernetes;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The Kubernetes API behind the pipeline, and the TLS in front of it.</summary>
internal sealed class KubernetesTarget(KubernetesServer server) : ICallTarget
{
    public ValueTask<CallDescription> DescribeAsync(HttpContext context)
    {
        var (operation, resource, isWrite) = KubernetesServer.Describe(context.Request);
        return ValueTask.FromResult(new CallDescription("kubernetes", operation, resource, isWrite));
    }

    public Task HandleAsync(HttpContext context) => server.HandleAsync(context);

    public Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var status = refusal.Status ?? (refusal.IsThrottle ? 429 : 500);
        var answer = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = refusal.IsThrottle ? "the server has received too many requests and has asked us to try again later"
                : status == 503 ? "the server is currently unable to handle the request (injected by the fault plan)"
                : status == 500 ? "Internal error occurred: injected by the fault plan" : "injected by the fault plan",
            ["reason"] = refusal.Code ?? (refusal.IsThrottle ? "TooManyRequests" : status == 503 ? "ServiceUnavailable" : "InternalError"),
            ["code"] = status,
        };
        if (refusal.IsThrottle)
        {
            context.Response.Headers.RetryAfter = "1";
            answer["details"] = new JsonObject { ["retryAfterSeconds"] = 1 };
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    /// <summary>Serves TLS. A client may bring a certificate; then it must be of the sandbox's authority.</summary>
    public void UseTls(ListenOptions listener) => listener.UseHttps(https =>
    {
        https.ServerCertificate = server.ServerCertificate;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, _, _) => IsOurs(certificate);
    });

    private bool IsOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(server.Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
