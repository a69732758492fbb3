namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>The errors of Azure Resource Manager itself (domain/azure.md, section 8).</summary>
internal static class ArmErrors
{
    public static ArmException BadRequest(string message) => new(400, "BadRequest", message);

    public static ArmException ResourceNotFound(string type, string name, string group) => new(
        404, "ResourceNotFound", $"The Resource '{type}/{name}' under resource group '{group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    public static ArmException GroupNotFound(string group) => new(
        404, "ResourceGroupNotFound", $"Resource group '{group}' could not be found.");

    public static ArmException SubscriptionNotFound(string subscription) => new(
        404, "SubscriptionNotFound", $"The subscription '{subscription}' could not be found.");

    public static ArmException NoSuchPath(string method, string path) => new(
        404, "InvalidResourceType", $"The resource type could not be found for the request {method} {path}.");

    public static ArmException MissingApiVersion() => new(
        400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");

    public static ArmException InvalidContent(string what) => new(
        400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{what}'.");

    public static ArmException AuthenticationFailed(string code, string message, string authority) => new(401, code, message)
    {
        Challenge = $"Bearer authorization_uri=\"{authority}\", error=\"invalid_token\", error_description=\"{message}\"",
    };

    public static ArmException AuthorizationFailed(string objectId, string action, string scope) => new(
        403, "AuthorizationFailed", $"The client '{objectId}' with object id '{objectId}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.");

    public static ArmException ScopeLocked(string scope, bool isDelete, string lockScope) => new(
        409, "ScopeLocked", $"The scope '{scope}' cannot perform {(isDelete ? "delete" : "write")} operation because following scope(s) are locked: '{lockScope}'. Please remove the lock and try again.");

    public static ArmException TooManyRequests(int retryAfter) => new(
        429, "TooManyRequests", "The request is being throttled as the limit has been reached for operation type. For more information, see - https://aka.ms/srpthrottlinglimits")
    {
        RetryAfter = retryAfter,
    };
}
