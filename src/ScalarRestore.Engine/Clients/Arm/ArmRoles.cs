namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Which built-in role allows an action; for people whose identity lacks it.</summary>
internal static class ArmRoles
{
    /// <summary>The role, and where it must be given if not simply on the scope.</summary>
    public static string For(string action)
    {
        if (Is(action, "Microsoft.DocumentDB/locations/restorableDatabaseAccounts/"))
            return "CosmosRestoreOperator (on the subscription or the restorable account; a resource group will not do)";
        if (Is(action, "Microsoft.DocumentDB/databaseAccounts/") && action.Contains("keys/", StringComparison.OrdinalIgnoreCase))
            return "DocumentDB Account Contributor (Cosmos DB Operator may not read keys)";
        if (Is(action, "Microsoft.DocumentDB/") && Reads(action))
            return "Cosmos DB Account Reader Role";
        if (Is(action, "Microsoft.DocumentDB/"))
            return "Cosmos DB Operator (on the resource group)";
        if (Is(action, "Microsoft.Network/virtualNetworks/"))
            return "Network Contributor (on the virtual network)";
        if (Is(action, "Microsoft.Network/privateDnsZones/"))
            return "Private DNS Zone Contributor (on the zone)";
        if (Is(action, "Microsoft.ManagedIdentity/userAssignedIdentities/"))
            return "Managed Identity Operator (on the identity)";
        if (Is(action, "Microsoft.DBfor") && !Reads(action))
            return $"Contributor (on the resource group), or one of your own with {action}, and with {action[..action.IndexOf('/', StringComparison.Ordinal)]}/locations/*/read for its operations";
        return Reads(action) ? "Reader" : $"Contributor, or one of your own with {action}";
    }

    private static bool Is(string action, string prefix) => action.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static bool Reads(string action) => action.EndsWith("/read", StringComparison.OrdinalIgnoreCase);
}
