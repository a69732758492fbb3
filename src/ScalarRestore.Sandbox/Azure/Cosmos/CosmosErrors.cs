using ScalarRestore.Sandbox.Azure.Arm;

namespace ScalarRestore.Sandbox.Azure.Cosmos;

/// <summary>The errors of Azure Cosmos DB.</summary>
internal static class CosmosErrors
{
    /// <summary>Another write keeps this one out (hashicorp/terraform-provider-azurerm#15842).</summary>
    public static ArmException Busy(string account) => new(
        412, "PreconditionFailed", $"There is another user operation in progress which requires an exclusive lock on account {account}. Please retry the operation after some time.");

    public static ArmException NotFound(string kind, string name) => new(
        404, "NotFound", $"Entity with the specified id does not exist in the system. {kind}: {name}");

    public static ArmException AccountNotThere(string name) => new(404, "NotFound", $"Database Account {name} does not exist");

    public static ArmException NameTaken(string name) => new(
        409, "Conflict", $"Database account name '{name}' is taken already.");

    /// <summary>As the service words it for a time before the account's creation; for others assumed (domain/azure.md, section 9).</summary>
    public static ArmException Timestamp(string asked) =>
        ArmErrors.BadRequest($"Invalid restore timestamp. Please provide a time (in UTC) {asked}");
}
