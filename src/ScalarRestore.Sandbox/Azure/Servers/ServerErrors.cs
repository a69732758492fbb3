using ScalarRestore.Sandbox.Azure.Arm;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>The errors of the flexible servers. Where no source shows a code it is assumed (domain/azure.md, section 9).</summary>
internal static class ServerErrors
{
    public static ArmException Busy(string server) => new(
        409, "ServerIsBusy", $"Cannot complete operation because server '{server}' is busy processing another operation. Please try again later.");

    public static ArmException State(string server, string state) => new(
        409, "InvalidServerState", $"The operation is not allowed while the server '{server}' is in state '{state}'.");

    public static ArmException NameTaken() => new(409, "ServerNameAlreadyExists", "Specified server name is already used.");

    public static ArmException Invalid(string message) => new(400, "InvalidParameterValue", message);

    public static ArmException NotFound(string kind, string name) =>
        new(404, "ResourceNotFound", $"The requested {kind} '{name}' was not found.");

    /// <summary>What a time in a wrong form gets (hashicorp/terraform-provider-azurerm#18082).</summary>
    public static ArmException Internal() => new(500, "InternalServerError", "An unexpected error occured while processing the request.");
}
