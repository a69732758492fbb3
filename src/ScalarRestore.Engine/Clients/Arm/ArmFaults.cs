using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json.Nodes;
using Azure;
using Azure.Identity;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// Turns answers, and what the SDK throws, into faults that name the thing, the place and the mend. The exceptions themselves do not go on:
/// their texts hold the answer and its headers, and with them signed URLs.
/// </summary>
internal static class ArmFaults
{
    /// <summary>No answer, or one that does not tell whether the work was done.</summary>
    public const string Unreachable = "AzureUnreachable";

    /// <summary>Refused before anything was done, because there were too many calls.</summary>
    public const string Throttled = "AzureThrottled";

    /// <summary>Refused before anything was done, because another operation holds the resource.</summary>
    public const string Busy = "AzureResourceBusy";

    /// <summary>The resource does not exist.</summary>
    public const string NotFound = "AzureResourceNotFound";

    /// <summary>The operation was accepted and then failed.</summary>
    public const string OperationFailed = "AzureOperationFailed";

    private const string NewToken = "Sign in again (az login, or Connect-AzAccount), or give a new -AccessToken (Get-AzAccessToken), then go on with the run.";

    /// <summary>Whether an exception comes from calling Azure. Others, such as our own and a stop, pass through untouched.</summary>
    public static bool Knows(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException many => many.Flatten().InnerExceptions.All(e => Knows(e, cancellationToken)),
        RequestFailedException or AuthenticationFailedException or HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether a call that was refused or not answered may be decided anew after another look.</summary>
    public static bool MayPass(RestoreException fault) => fault.Retryable || fault.Id is Unreachable or Busy;

    /// <summary>Whether the service refused a setting, which is no reason to give a whole restore up. Who may not set it is told at once.</summary>
    public static bool IsRefused(RestoreException fault) =>
        fault.ServiceCode is not null && fault.Category is not (FaultCategory.PermissionDenied or FaultCategory.AuthenticationError) && !MayPass(fault);

    /// <summary>Whether it is sure that nothing was sent: there was no connection to send it over, or no token to send it with.</summary>
    public static bool IsNeverSent(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationFailedException
                or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
                or SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound })
                return true;
        }

        return false;
    }

    /// <summary>The fault for an exception that <see cref="Knows"/> accepted.</summary>
    public static RestoreException From(Exception exception, ArmCall call) => exception switch
    {
        AggregateException many => From(many.Flatten().InnerExceptions[^1], call),
        CredentialUnavailableException => SignInMissing(exception, call),
        AuthenticationFailedException => SignInFailed(exception, call),
        RequestFailedException { Status: > 0 } failed => From(AnswerIn(failed), call),
        _ => NoAnswer(exception, call),
    };

    /// <summary>The fault for an answer that is no success.</summary>
    public static RestoreException From(ArmAnswer answer, ArmCall call)
    {
        var error = ArmError.Of(answer.Body);
        RestoreException Fault(string id, FaultCategory category, string message, string? mend, bool retryable = false) => new(
            id, category, $"{message}{Because(error)}{answer.Ids}", call.Target, mend)
        {
            ServiceCode = CodeOf(error, answer),
            Retryable = retryable,
        };

        return answer.Status switch
        {
            401 => Rejected(answer, error, call),
            403 => Denied(answer, error, call),
            404 when Is(error, "SubscriptionNotFound") => Fault(
                "AzureSubscriptionNotFound", FaultCategory.ObjectNotFound, $"The identity knows no such subscription, asked for {call.Action} on {call.Target}.",
                "Check the subscription's id and that the identity is of its tenant (az account list), or give -TenantId."),
            404 => Fault(NotFound, FaultCategory.ObjectNotFound, $"There is no {call.Target} (asked for {call.Action}).", "Check the name, the resource group and the subscription."),
            409 when Is(error, "ScopeLocked") => Fault(
                "AzureScopeLocked", FaultCategory.InvalidOperation, $"A lock forbids {call.Action} on {call.Target}.", "Nothing was done. Remove the lock (az lock list), then go on with the run."),
            409 when IsNameTaken(error) => Fault(
                "AzureNameTaken", FaultCategory.ResourceExists, $"The name of {call.Target} is taken.", "Nothing was made. Look whose it is; another restore may have made it."),
            409 or 412 when IsLocked(answer, error) => Fault(
                Busy, FaultCategory.ResourceBusy, $"Another operation holds {call.Target}, so that {call.Action} was refused.", "Wait until it is over, then go on with the run.", retryable: true),
            409 or 412 => Fault("AzureConflict", FaultCategory.InvalidOperation, $"{call.Action} on {call.Target} was refused: it is not in the state for it.", "Look at the resource in the portal, then go on with the run."),
            429 => TooMany(answer, error, call),

            // Only with a time to come back at is it the gateway's refusal; without one the provider may have begun.
            503 when answer.RetryAfter is not null => TooMany(answer, error, call),
            408 or >= 500 => Fault(
                Unreachable, FaultCategory.ConnectionError, $"Azure failed at {call.Action} on {call.Target} (HTTP {answer.Status}).", "Look at Azure's status page, then run the same command again.", retryable: true),
            _ when IsQuota(error) => Fault(
                "AzureQuotaReached", FaultCategory.LimitsExceeded, $"{call.Action} on {call.Target} would exceed a quota.", "Nothing was made. Delete what is not needed, or ask Azure for a higher quota, then go on with the run."),
            _ when Is(error, "MissingSubscriptionRegistration") => Fault(
                "AzureProviderNotRegistered", FaultCategory.InvalidOperation, $"The subscription is not registered for {Namespace(call)}.", $"Run: az provider register --namespace {Namespace(call)}."),
            _ when Is(error, "InvalidApiVersionParameter", "NoRegisteredProviderFound", "InvalidResourceType", "MissingApiVersionParameter", "ApiVersionNotSupported") => Fault(
                "AzureApiVersionRefused", FaultCategory.InvalidOperation, $"The cloud does not speak the API version that was used for {call.Path.ResourceType}.",
                $"Set {ArmClientSettings.ApiVersionsVariable} to '{Namespace(call)}=VERSION' with a version that it speaks."),
            _ => Fault("AzureCallFailed", FaultCategory.InvalidOperation, $"{call.Action} on {call.Target} failed (HTTP {answer.Status}).", mend: null),
        };
    }

    /// <summary>The fault for an operation that was accepted and did not end well.</summary>
    public static RestoreException Ended(ArmOperation operation, string status, ArmError error, ArmAnswer answer)
    {
        var canceled = ArmStates.Of(status) == ArmState.Canceled;
        return new RestoreException(
            canceled ? "AzureOperationCanceled" : OperationFailed,
            canceled ? FaultCategory.OperationStopped : FaultCategory.InvalidOperation,
            $"The {operation.Method} of {operation.ResourceId} ended as {ArmText.Clean(status)}{(Because(error) is { Length: > 0 } because ? $".{because}" : ".")}{answer.Ids}",
            operation.ResourceId,
            "Look at the resource's activity log in the portal with the ids above.")
        {
            ServiceCode = ArmText.Code(error.Code),
        };
    }

    /// <summary>The fault for an answer that should have been a JSON object. It is not quoted: it may hold anything.</summary>
    public static RestoreException NotUnderstood(ArmAnswer answer, ArmCall call) => new(
        "AzureAnswerInvalid",
        FaultCategory.ParserError,
        $"What was answered to {call.Action} on {call.Target} is no JSON object.{answer.Ids}",
        call.Target,
        "Check that the endpoint is Azure Resource Manager and not a proxy's page.");

    private static RestoreException Rejected(ArmAnswer answer, ArmError error, ArmCall call)
    {
        var (id, message, mend) = error.Code switch
        {
            "ExpiredAuthenticationToken" => ("AzureTokenExpired", $"The access token has expired, so that Azure refused {call.Action} on {call.Target}.", NewToken),
            "InvalidAuthenticationTokenTenant" => WrongTenant(error, call),
            _ => ("AzureCredentialsRejected", $"Azure does not accept the credentials for {call.Action} on {call.Target}.", NewToken),
        };
        return new RestoreException(id, FaultCategory.AuthenticationError, $"{message}{answer.Ids}", call.Target, mend) { ServiceCode = CodeOf(error, answer) };
    }

    private static (string Id, string Message, string Mend) WrongTenant(ArmError error, ArmCall call)
    {
        var (has, needs) = ArmText.Tenants(error.Message);
        return (
            "AzureTenantWrong",
            $"The token is of tenant {has ?? "another"}, but {call.Target} belongs to tenant {needs ?? "that is not named"}.",
            needs is null
                ? "Sign in to the subscription's tenant (az login --tenant TENANT, or Connect-AzAccount -Tenant TENANT), or give -TenantId."
                : $"Sign in to it (az login --tenant {needs}, or Connect-AzAccount -Tenant {needs}), or give -TenantId {needs}.");
    }

    private static RestoreException Denied(ArmAnswer answer, ArmError error, ArmCall call)
    {
        if (Is(error, "RequestDisallowedByPolicy"))
        {
            return new RestoreException(
                "AzurePolicyDenied", FaultCategory.PermissionDenied, $"An Azure policy forbids {call.Action} on {call.Target}.{Because(error)}{answer.Ids}", call.Target,
                "Nothing was done. Ask who keeps the policy for an exemption.")
            {
                ServiceCode = CodeOf(error, answer),
            };
        }

        var (who, action, scope) = ArmText.Denial(error.Message);
        action ??= call.Action;
        scope ??= call.Target;

        // The words are Azure's only where they could not be understood: else they would be said twice.
        var because = who is null ? Because(error) : "";
        return new RestoreException(
            "AzureAccessDenied", FaultCategory.PermissionDenied, $"The Azure identity{(who is null ? "" : $" {who}")} may not do {action} on {scope}.{because}{answer.Ids}", call.Target,
            $"Give it the role {ArmRoles.For(action)}, wait a few minutes, then sign in again.")
        {
            ServiceCode = CodeOf(error, answer),
        };
    }

    private static RestoreException TooMany(ArmAnswer answer, ArmError error, ArmCall call) => new(
        Throttled, FaultCategory.LimitsExceeded, $"Azure throttled {call.Action} on {call.Target} for longer than we wait.{Because(error)}{answer.Ids}", call.Target,
        "Try again when the subscription is less busy.")
    {
        ServiceCode = CodeOf(error, answer),
        Retryable = true,
    };

    private static RestoreException SignInMissing(Exception exception, ArmCall call) => new(
        "AzureCredentialsMissing",
        FaultCategory.AuthenticationError,
        $"No Azure identity could be found for {call.Action} on {call.Target}: {ArmText.Clean(exception.Message)}",
        call.Target,
        "Sign in (az login, or Connect-AzAccount), run on a managed identity, or choose with -AzureCredential or -AccessToken.");

    private static RestoreException SignInFailed(Exception exception, ArmCall call)
    {
        var passes = Passes(exception.InnerException);
        return new RestoreException(
            "AzureSignInFailed",
            passes ? FaultCategory.ConnectionError : FaultCategory.AuthenticationError,
            $"Signing in to Azure for {call.Action} on {call.Target} failed: {ArmText.Clean(exception.Message)}",
            call.Target,
            passes ? "Check the network to where the identity signs in, then run the same command again." : "Check the identity and its tenant, sign in again, or choose with -AzureCredential or -AccessToken.")
        {
            Retryable = passes,
        };
    }

    private static bool Passes(Exception? cause) => cause switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        HttpRequestException or IOException or TimeoutException => true,
        AggregateException many => many.Flatten().InnerExceptions.All(Passes),
        null => false,
        _ => Passes(cause.InnerException),
    };

    private static RestoreException NoAnswer(Exception exception, ArmCall call)
    {
        var cause = exception;
        while (cause.InnerException is not null && cause is not AuthenticationException)
            cause = cause.InnerException;

        var tls = cause is AuthenticationException;
        return new RestoreException(
            tls ? "AzureNotTrusted" : Unreachable,
            tls ? FaultCategory.AuthenticationError : FaultCategory.ConnectionError,
            $"Azure did not answer {call.Action} on {call.Target}: {(cause is OperationCanceledException ? "no answer in time" : ArmText.Clean(cause.Message))}",
            call.Target,
            tls ? "Check what certificate the endpoint or a proxy before it shows; another authority is trusted by SSL_CERT_FILE." : $"Check the network, the proxy and {ArmClientSettings.EndpointVariable}, then run the same command again.")
        {
            Retryable = !tls,
        };
    }

    private static ArmAnswer AnswerIn(RequestFailedException failed) => new()
    {
        Status = failed.Status,
        Body = new JsonObject { ["code"] = failed.ErrorCode, ["message"] = failed.Message.Split('\n')[0] },
    };

    private static string Because(ArmError error) => (ArmText.Code(error.Code), ArmText.Clean(error.Message)) switch
    {
        (null, "") => "",
        ({ } code, "") => $" Azure says: {code}.",
        (null, var said) => $" Azure says: {said}",
        var (code, said) => $" Azure says: {code}: {said}",
    };

    private static string CodeOf(ArmError error, ArmAnswer answer) => ArmText.Code(error.Code) ?? ((HttpStatusCode)answer.Status).ToString();

    private static string Namespace(ArmCall call) => call.Path.ResourceType.Split('/')[0];

    private static bool Is(ArmError error, params string[] codes) => codes.Contains(error.Code, StringComparer.OrdinalIgnoreCase);

    private static bool IsQuota(ArmError error) => error.Code?.Contains("Quota", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsNameTaken(ArmError error) =>
        error.Code is { } code && (code.EndsWith("AlreadyExists", StringComparison.OrdinalIgnoreCase) || code.EndsWith("AlreadyInUse", StringComparison.OrdinalIgnoreCase) || code.EndsWith("NotAvailable", StringComparison.OrdinalIgnoreCase));

    // Cosmos DB says by 412 that another write holds the account; flexible servers say it by 409.
    private static bool IsLocked(ArmAnswer answer, ArmError error) =>
        error.Message.Contains("exclusive lock", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("in progress", StringComparison.OrdinalIgnoreCase)
        || (answer.Status == 409 && error.Code is { } code && (code.Contains("InProgress", StringComparison.OrdinalIgnoreCase) || code.Contains("Busy", StringComparison.OrdinalIgnoreCase)));
}
