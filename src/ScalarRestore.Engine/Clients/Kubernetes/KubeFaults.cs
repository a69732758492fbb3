using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>Turns answers and broken connections into faults that name the thing, the place and the mend.</summary>
internal static class KubeFaults
{
    /// <summary>The fault for an answer that is no success.</summary>
    public static RestoreException From(KubeRequest request, string server, HttpStatusCode code, string body)
    {
        var (reason, said) = Read(body);
        var target = $"{server} {request.Namespace ?? "*"}/{request.Name ?? request.Resource.ToString()}";
        var because = said.Length == 0 ? "" : $" The server says: {said}";
        RestoreException Fault(string id, FaultCategory category, string message, string mend, bool retryable = false) =>
            new(id, category, message + because, target, mend) { ServiceCode = reason ?? ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture), Retryable = retryable };

        return (int)code switch
        {
            401 => Fault("ClusterUnauthorized", FaultCategory.AuthenticationError, $"The cluster {server} does not accept the credentials.", "Renew the credentials of the kubeconfig's context, or choose another with -Context."),
            403 => Fault("ClusterForbidden", FaultCategory.PermissionDenied, $"The cluster {server} does not allow to {request.Verb} {request.What}.", Rule(request)),
            404 => Fault("ResourceNotFound", FaultCategory.ObjectNotFound, $"There is no {request.What} at {server}.", "Check the name, the namespace and the context."),
            409 when reason == "AlreadyExists" => Fault("ResourceExists", FaultCategory.ResourceExists, $"There already is {request.What} at {server}.", "Look who made it; another restore may be under way."),
            409 => Fault("ResourceConflict", FaultCategory.ResourceBusy, $"Somebody else changed {request.What} at {server} meanwhile.", "Look who acts on it, and run the command again."),
            413 => Fault("RequestTooLarge", FaultCategory.LimitsExceeded, $"What was sent for {request.What} is too large for {server}.", "See the limits of the API server and of proxies before it."),
            429 => Fault("ClusterBusy", FaultCategory.LimitsExceeded, $"The cluster {server} kept refusing to {request.Verb} {request.What} for load.", "Run the command again later.", retryable: true),
            >= 500 => Fault("ClusterFault", FaultCategory.ConnectionError, $"The cluster {server} failed to {request.Verb} {request.What} (HTTP {(int)code}).", "Look at the health of the API server, and run the command again.", retryable: true),
            _ => Fault("ResourceRefused", FaultCategory.InvalidOperation, $"The cluster {server} refused to {request.Verb} {request.What} (HTTP {(int)code}).", "See what the server says."),
        };
    }

    /// <summary>The fault for a server that did not answer.</summary>
    public static RestoreException Unreachable(KubeRequest request, string server, Exception cause)
    {
        var tls = cause.InnerException is System.Security.Authentication.AuthenticationException;
        return new RestoreException(
            tls ? "ClusterNotTrusted" : "ClusterUnreachable",
            tls ? FaultCategory.AuthenticationError : FaultCategory.ConnectionError,
            $"The cluster {server} could not be asked to {request.Verb} {request.What}: {Innermost(cause)}",
            server,
            tls
                ? "Check 'certificate-authority' and 'tls-server-name' of the kubeconfig's cluster, and the client certificate's dates."
                : "Check the network, the proxy and the context (kubectl cluster-info).",
            cause)
        {
            Retryable = !tls,
        };
    }

    /// <summary>The Role rule that would allow a request.</summary>
    private static string Rule(KubeRequest request)
    {
        var resource = request.SubResource is null ? request.Resource.Plural : $"{request.Resource.Plural}/{request.SubResource}";
        var rule = $"apiGroups: [\"{request.Resource.Group}\"], resources: [\"{resource}\"], verbs: [\"{request.Verb}\"]";
        return request.Namespace is null || !request.Resource.Namespaced
            ? $"Bind a ClusterRole with the rule {{{rule}}} to the identity."
            : $"Bind a Role of namespace '{request.Namespace}' with the rule {{{rule}}} to the identity.";
    }

    private static (string? Reason, string Message) Read(string body)
    {
        try
        {
            if (JsonNode.Parse(body) is JsonObject status)
                return ((string?)status["reason"], Redactor.Redact((string?)status["message"] ?? ""));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a Status: a proxy's page, or nothing. The code alone has to do.
        }

        return (null, "");
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is not null)
            e = e.InnerException;

        return Redactor.Redact(e.Message);
    }
}
